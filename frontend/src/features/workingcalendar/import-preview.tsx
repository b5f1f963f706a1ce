import type { CalendarImportView, DayView } from "@/api/generated/types.gen";
import { Alert, Flex, Tag, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** What an import changes, and what of the file it leaves. */
export type Changes = Pick<CalendarImportView, "added" | "removed" | "skipped">;

/** What an import would change, day by day. */
export function ImportPreview({ changes: { added, removed, skipped } }: { changes: Changes }): ReactElement {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={12} role="status" style={{ marginBlockEnd: 16 }}>
      {added.length === 0 && removed.length === 0 && (
        <Alert type="info" showIcon title={t("workingcalendar:import.same")} />
      )}
      <Days title={t("workingcalendar:import.added", { count: added.length })} days={added} />
      <Days title={t("workingcalendar:import.removed", { count: removed.length })} days={removed} />
      <Days title={t("workingcalendar:import.skipped", { count: skipped.length })} days={skipped} />
    </Flex>
  );
}

function Days({ title, days }: { title: string; days: readonly (DayView & { line?: number })[] }): ReactElement | null {
  const { t } = useTranslation();
  if (days.length === 0) return null;
  return (
    <section>
      <strong>{title}</strong>
      <ul className="fabu-days">
        {days.map(({ date, name, isOffDay, line }) => (
          <li key={`${date} ${line ?? ""}`}>
            <span style={{ whiteSpace: "nowrap" }}>{date}</span>
            <Tag className={`fabu-day-${isOffDay ? "off" : "makeUp"}`}>
              {t(`workingcalendar:legend.${isOffDay ? "off" : "makeUp"}`)}
            </Tag>
            <span>{name}</span>
            {line !== undefined && (
              <Typography.Text type="secondary">{t("workingcalendar:import.line", { line })}</Typography.Text>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
