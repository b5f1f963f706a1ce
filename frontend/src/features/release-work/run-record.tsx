import type { ReleaseView, RunSheetView } from "@/api/generated/types.gen";
import { formatInstant, formatShort } from "@/lib/time";
import { AttachmentLinks } from "@/ui/files/attachment-links";
import { Nothing } from "@/ui/page-states";
import { Flex, Tag, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

const resultColors = { done: "green", done_with_deviation: "gold", failed: "red", excused: "default" } as const;

/** How a step ended. */
export function ResultTag({ result }: { result: keyof typeof resultColors }): ReactElement {
  const { t } = useTranslation();
  return (
    <Tag color={resultColors[result]} style={{ margin: 0 }}>
      {t(`enums:StepResult.${result}`)}
    </Tag>
  );
}

/** What an entry is about, in words: a step's title, a rollback group, a decision. */
export function useEntryTitle(sheet: RunSheetView | undefined): (step: string) => string {
  const { t, i18n } = useTranslation();
  return (step) => {
    const found = sheet?.steps.find(({ key }) => key === step)?.title;
    if (found !== undefined || step === "") return found ?? "";
    const key = [`enums:RollbackGroup.${step}`, `work:decision.${step}`].find((name) => i18n.exists(name));
    return key === undefined ? step : t(key);
  };
}

/** The run sheet as it was written, entry by entry; a correction stands beside what it corrects. */
export function RunRecord({ release, sheet }: { release: ReleaseView; sheet: RunSheetView }): ReactElement {
  const { t } = useTranslation();
  const titleOf = useEntryTitle(sheet);
  if (sheet.entries.length === 0) return <Nothing text={t("work:run.noEntries")} />;
  const corrected = new Set(sheet.entries.flatMap(({ corrects }) => corrects ?? []));
  return (
    <ul className="fabu-plain-list">
      {sheet.entries.toReversed().map((entry) => (
        <li key={entry.n} id={`entry-${entry.n}`}>
          <Flex vertical gap={2} align="start">
            <Flex gap={8} wrap align="baseline">
              <Typography.Text type="secondary">{t("work:run.entry", { n: entry.n })}</Typography.Text>
              <strong>{t(`enums:EntryKind.${entry.kind}`)}</strong>
              <span>{titleOf(entry.step)}</span>
              {entry.result && <ResultTag result={entry.result} />}
              {entry.corrects !== null && <Tag>{t("work:run.corrects", { n: entry.corrects })}</Tag>}
              {corrected.has(entry.n) && <Tag color="gold">{t("work:run.corrected")}</Tag>}
            </Flex>
            {entry.note !== "" && <span className="fabu-long-text">{entry.note}</span>}
            <Typography.Text type="secondary">
              {formatShort(entry.started_at)} – {formatShort(entry.finished_at)} · {entry.performed_by.name}
              {entry.recorded_by.id !== entry.performed_by.id &&
                ` · ${t("work:run.recordedBy", { name: entry.recorded_by.name, at: formatInstant(entry.recorded_at) })}`}
            </Typography.Text>
            <AttachmentLinks number={release.number} ids={entry.attachments} />
          </Flex>
        </li>
      ))}
    </ul>
  );
}
