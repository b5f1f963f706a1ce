import type { DocumentKind, FieldChange } from "@/api/generated/types.gen";
import { fieldOf } from "@/ui/form/problem-fields";
import { diffWordsWithSpace } from "diff";
import { Flex, Tag, Typography } from "antd";
import type { TFunction } from "i18next";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useNames, type Names } from "./names";
import { Value, isEmpty, labelOf, textOf } from "./value";

interface Props {
  kind: DocumentKind;
  changes: readonly FieldChange[];
}

/** What differs between two revisions, field by field under the sections' names. */
export function Changes({ kind, changes }: Props): ReactElement {
  const { t } = useTranslation();
  const names = useNames(
    changes.map(({ pointer, before, after }) => ({ [lastField(pointer)]: [before, after], before, after })),
  );
  const sections = [...new Set(changes.map(({ section }) => section))];
  return (
    <Flex vertical gap={12}>
      {sections.map((section) => (
        <div key={section}>
          <Typography.Text strong>{t(`content:section.${kind}.${section}`)}</Typography.Text>
          <Flex vertical gap={8} style={{ marginBlockStart: 4 }}>
            {changes
              .filter((change) => change.section === section)
              .map((change) => (
                <Change key={change.pointer} change={change} names={names} />
              ))}
          </Flex>
        </div>
      ))}
    </Flex>
  );
}

type Kind = "added" | "removed" | "changed";
const colors: Record<Kind, string> = { added: "green", removed: "red", changed: "blue" };

function Change({ change, names }: { change: FieldChange; names: Names }): ReactElement {
  const { t } = useTranslation();
  const { before, after } = change as { before?: unknown; after?: unknown };
  const kind: Kind = isEmpty(before) ? "added" : isEmpty(after) ? "removed" : "changed";
  const path = fieldOf(change.pointer).filter((step) => typeof step === "string");
  return (
    <div className="fabu-change">
      <Flex gap={6} align="baseline" wrap>
        <Tag color={colors[kind]} style={{ margin: 0 }}>
          {t(`content:change.${kind}`)}
        </Tag>
        <span>{placeOf(change.pointer, t)}</span>
      </Flex>
      {isText(before) && isText(after) ? (
        <TextChange before={textOf(before, path, names, t)} after={textOf(after, path, names, t)} />
      ) : (
        <>
          {kind !== "added" && (
            <del aria-label={t("content:change.before")}>
              <Value value={before} path={path} names={names} />
            </del>
          )}
          {kind !== "removed" && (
            <ins aria-label={t("content:change.after")}>
              <Value value={after} path={path} names={names} />
            </ins>
          )}
        </>
      )}
    </div>
  );
}

function isText(value: unknown): boolean {
  return !isEmpty(value) && typeof value !== "object";
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

/** `/steps/2/title` as `steps · row 3 · title`, in the reader's words. */
function placeOf(pointer: string, t: TFunction): string {
  const steps = fieldOf(pointer);
  const words = steps.flatMap((step, n) => {
    if (typeof step === "number") return [t("content:row", { n: step + 1 })];
    if (step === "rows") return [];
    return [
      labelOf(
        step,
        steps.slice(0, n).filter((above) => typeof above === "string"),
        t,
      ),
    ];
  });
  return words.join(t("content:path"));
}

function lastField(pointer: string): string {
  return fieldOf(pointer).findLast((step) => typeof step === "string") ?? "";
}
