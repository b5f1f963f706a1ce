import { diffWordsWithSpace } from "diff";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

const words = new Intl.Segmenter("zh", { granularity: "word" });

/** Two texts in one: what was taken out is struck through, what came in is underlined. */
export function TextDifference({ before, after }: { before: string; after: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <span className="fabu-text">
      {diffWordsWithSpace(before, after, { intlSegmenter: words }).map(({ value, added, removed }, at) =>
        removed ? (
          <del key={at} className="fabu-removed" aria-label={t("document:removed", { text: value })}>
            {value}
          </del>
        ) : added ? (
          <ins key={at} className="fabu-added" aria-label={t("document:added", { text: value })}>
            {value}
          </ins>
        ) : (
          <span key={at}>{value}</span>
        ),
      )}
    </span>
  );
}
