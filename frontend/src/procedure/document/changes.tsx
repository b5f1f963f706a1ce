import type { DocumentKind, FieldChange } from "@/api/generated/types.gen";
import { diffWordsWithSpace } from "diff";
import { Flex, Tag, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { isEmpty, type Json } from "./fields";
import { placeOf } from "./labels";
import { shapes } from "./shapes.gen";
import { ValueAt } from "./value-at";

interface Props {
  kind: DocumentKind;
  changes: readonly FieldChange[];
}

/** What differs between two revisions, field by field under the sections' names. */
export function Changes({ kind, changes }: Props): ReactElement {
  const { t } = useTranslation();
  const sections = [...new Set(changes.map(({ section }) => section))];
  return (
    <Flex vertical gap={12}>
      {sections.map((section) => (
        <div key={section}>
          <Typography.Text strong>{t(`contents:section.${kind}.${section}`)}</Typography.Text>
          <Flex vertical gap={8} style={{ marginBlockStart: 4 }}>
            {changes
              .filter((change) => change.section === section)
              .map((change) => (
                <Change key={change.pointer} kind={kind} change={change} />
              ))}
          </Flex>
        </div>
      ))}
    </Flex>
  );
}

type What = "added" | "removed" | "changed";
const colors: Record<What, string> = { added: "green", removed: "red", changed: "blue" };

function Change({ kind, change }: { kind: DocumentKind; change: FieldChange }): ReactElement {
  const { t } = useTranslation();
  // The API describes them as anything that JSON can hold.
  const { before, after } = change as { before?: Json; after?: Json };
  const what: What = isEmpty(before) ? "added" : isEmpty(after) ? "removed" : "changed";
  const place = placeOf(shapes[kind], change.pointer, t);
  const isText = place.field?.kind === "text" || place.field?.kind === "longText";
  return (
    <div className="fabu-change">
      <Flex gap={6} align="baseline" wrap>
        <Tag color={colors[what]} style={{ margin: 0 }}>
          {t(`content:change.${what}`)}
        </Tag>
        <span>{place.label}</span>
      </Flex>
      {isText && what === "changed" && typeof before === "string" && typeof after === "string" ? (
        <TextChange before={before} after={after} />
      ) : (
        <>
          {what !== "added" && (
            <del aria-label={t("content:change.before")}>
              <ValueAt place={place} value={before} />
            </del>
          )}
          {what !== "removed" && (
            <ins aria-label={t("content:change.after")}>
              <ValueAt place={place} value={after} />
            </ins>
          )}
        </>
      )}
    </div>
  );
}

/** Words taken out struck through, words put in underlined. */
export function TextChange({ before, after }: { before: string; after: string }): ReactElement {
  const parts = diffWordsWithSpace(before, after, { intlSegmenter: new Intl.Segmenter("zh", { granularity: "word" }) });
  return (
    <span className="fabu-long-text">
      {parts.map(({ value, added, removed }, n) =>
        added ? <ins key={n}>{value}</ins> : removed ? <del key={n}>{value}</del> : <span key={n}>{value}</span>,
      )}
    </span>
  );
}
