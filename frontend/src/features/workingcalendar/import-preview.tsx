import type { CalendarDecision, CalendarImportView, DayView, LeftOutEventView } from "@/api/generated/types.gen";
import { Alert, Flex, Select, Tag, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** What an import changes, and what of the file it leaves. */
export type Changes = Pick<CalendarImportView, "added" | "removed" | "skipped" | "left_out">;

/** What a person decided of events, by their lines. */
export type Decisions = ReadonlyMap<number, CalendarDecision["kind"]>;

interface Props {
  changes: Changes;
  decisions: Decisions;
  onDecide: (line: number, kind: CalendarDecision["kind"] | undefined) => void;
}

/** What an import would change, day by day. */
export function ImportPreview({ changes, decisions, onDecide }: Props): ReactElement {
  const { added, removed, skipped, left_out } = changes;
  const { t } = useTranslation();
  return (
    <Flex vertical gap={12} role="status" style={{ marginBlockEnd: 16 }}>
      {added.length === 0 && removed.length === 0 && (
        <Alert type="info" showIcon title={t("workingcalendar:import.same")} />
      )}
      <Days title={t("workingcalendar:import.added", { count: added.length })} days={added} />
      <Days title={t("workingcalendar:import.removed", { count: removed.length })} days={removed} />
      <Days title={t("workingcalendar:import.skipped", { count: skipped.length })} days={skipped} />
      <LeftOut events={left_out} decisions={decisions} onDecide={onDecide} />
    </Flex>
  );
}

const kinds = ["off", "working", "ordinary"] as const;

/** Events that set no day, with their lines; what is not marked can be decided on. */
function LeftOut({
  events,
  decisions,
  onDecide,
}: { events: readonly LeftOutEventView[] } & Omit<Props, "changes">): ReactElement | null {
  const { t } = useTranslation();
  if (events.length === 0) return null;
  return (
    <section>
      <strong>{t("workingcalendar:import.leftOut", { count: events.length })}</strong>
      <ul className="fabu-days">
        {events.map(({ line, name, dates, reason }) => (
          <li key={line}>
            <span style={{ whiteSpace: "nowrap" }}>{span(dates)}</span>
            <span>{name}</span>
            <Typography.Text type={reason === "unclear" ? "warning" : "secondary"}>
              {t(`enums:WhyLeftOut.${reason}`)}
              {" · "}
              {t("workingcalendar:import.line", { line })}
            </Typography.Text>
            {dates.length > 0 && reason !== "repeats" && reason !== "cancelled" && (
              <Select<CalendarDecision["kind"] | "undecided">
                size="small"
                aria-label={t("workingcalendar:import.decide", { name })}
                value={decisions.get(line) ?? "undecided"}
                onChange={(kind) => onDecide(line, kind === "undecided" ? undefined : kind)}
                options={(["undecided", ...kinds] as const).map((value) => ({
                  value,
                  label: t(`workingcalendar:import.decision.${value}`),
                }))}
                style={{ minWidth: 120 }}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function span(dates: readonly string[]): string {
  const [first = "", last = first] = [dates[0], dates.at(-1)];
  return first === last ? first : `${first} – ${last}`;
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
