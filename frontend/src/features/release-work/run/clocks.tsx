import type { ReleaseView, RunSheetView } from "@/api/generated/types.gen";
import { formatShort } from "@/lib/time";
import { Flex, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { formatSpan, useNow } from "./use-run";

interface Props {
  release: ReleaseView;
  sheet: RunSheetView;
}

/** The time since the start, until the window is over, and until a rollback is no longer safe. */
export function Clocks({ release, sheet }: Props): ReactElement {
  const { t } = useTranslation();
  const now = useNow();
  // Calculated from the window and the rollback's durations (5.5.7); what somebody typed stands in where none is stated.
  const { calculated, stated } = sheet.latest_safe_start;
  const latestSafe = calculated ?? stated;
  const isRunning = release.stage.code === "deployment";
  return (
    <Flex gap={24} wrap role="timer" aria-label={t("run:clocks")}>
      {sheet.started && isRunning && (
        <Clock
          label={t("run:sinceStart")}
          value={formatSpan(new Date(sheet.started.at), now)}
          detail={formatShort(sheet.started.at)}
        />
      )}
      {!sheet.started && release.window && <Countdown name="windowStart" at={release.window.start} now={now} />}
      {latestSafe !== null && <Countdown name="latestSafe" at={latestSafe} now={now} warnsBefore={15} />}
      {calculated !== null && stated !== null && calculated !== stated && (
        <Clock label={t("run:latestSafeStated")} value={formatShort(stated)} detail={t("run:latestSafeDiffers")} />
      )}
      {release.window && <Countdown name="windowEnd" at={release.window.end} now={now} warnsBefore={30} />}
    </Flex>
  );
}

interface CountdownProps {
  name: "windowStart" | "windowEnd" | "latestSafe";
  at: string;
  now: Date;
  /** Minutes before the moment from which on it warns. */
  warnsBefore?: number;
}

function Countdown({ name, at, now, warnsBefore = 0 }: CountdownProps): ReactElement {
  const { t } = useTranslation();
  const moment = new Date(at);
  const left = moment.getTime() - now.getTime();
  const isOver = left <= 0;
  const warns = name !== "windowStart" && left <= warnsBefore * 60_000;
  return (
    <Clock
      label={t(`run:${name}`)}
      value={isOver ? t("run:over", { span: formatSpan(moment, now) }) : formatSpan(now, moment)}
      detail={formatShort(at)}
      type={isOver && name !== "windowStart" ? "danger" : warns ? "warning" : undefined}
    />
  );
}

interface ClockProps {
  label: string;
  value: string;
  detail: string;
  type?: "danger" | "warning" | undefined;
}

function Clock({ label, value, detail, type }: ClockProps): ReactElement {
  return (
    <Flex vertical>
      <Typography.Text type="secondary">{label}</Typography.Text>
      <Typography.Text
        strong
        {...(type !== undefined && { type })}
        style={{ fontSize: 24, fontVariantNumeric: "tabular-nums", lineHeight: 1.2 }}
      >
        {value}
      </Typography.Text>
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>
        {detail}
      </Typography.Text>
    </Flex>
  );
}
