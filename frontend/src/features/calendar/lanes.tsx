import { dayStart, formatDay, formatWindow } from "@/lib/time";
import { Nothing } from "@/ui/page-states";
import { Typography } from "antd";
import dayjs from "dayjs";
import type { CSSProperties, ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { FreezeBandView } from "@/api/generated/types.gen";
import { placeOf, rowsOf, type Bar, type DayMark, type Lane } from "./bands";
import "./lanes.css";

interface Props {
  /** The first day of the week that is shown. */
  from: string;
  lanes: readonly Lane[];
  freezes: readonly FreezeBandView[];
  marks: readonly DayMark[];
  /** What the rows are. */
  label: string;
}

const height = 26;

/** A week with a row for each system or person: when it goes live, and what lies behind. */
export function Lanes({ from, lanes, freezes, marks, label }: Props): ReactElement {
  const { t } = useTranslation();
  const days = Array.from({ length: 7 }, (_, n) => dayjs(from).add(n, "day").format("YYYY-MM-DD"));
  const [start, end] = [
    Date.parse(dayStart(from)),
    Date.parse(dayStart(dayjs(from).add(7, "day").format("YYYY-MM-DD"))),
  ];
  if (lanes.length === 0) return <Nothing text={t("calendar:noLanes")} />;
  return (
    <div className="fabu-lanes" role="table" aria-label={label}>
      <div className="fabu-lane fabu-lane-head" role="row">
        <div className="fabu-lane-name" role="columnheader">
          {label}
        </div>
        <div className="fabu-lane-time">
          {days.map((day, n) => {
            const mark = marks.find(({ date }) => date === day);
            return (
              <span key={day} role="columnheader" className="fabu-lane-day" style={{ left: `${(100 * n) / 7}%` }}>
                {formatDay(day)}
                {mark && (
                  <Typography.Text type={mark.isOff ? "danger" : "secondary"} title={mark.name}>
                    {" "}
                    {t(mark.isOff ? "calendar:off" : "calendar:worked")}
                  </Typography.Text>
                )}
              </span>
            );
          })}
        </div>
      </div>
      {lanes.map((lane) => {
        const rows = rowsOf(lane.bars);
        return (
          <div key={lane.key} className="fabu-lane" role="row">
            <div className="fabu-lane-name" role="rowheader">
              {lane.name}
            </div>
            <div className="fabu-lane-time" role="cell" style={{ height: height * (Math.max(0, ...rows) + 1) + 6 }}>
              {freezes.map((freeze) => (
                <Band key={`${freeze.id} ${freeze.span.start}`} freeze={freeze} start={start} end={end} />
              ))}
              {lane.bars.map((bar, n) => (
                <LaneBar key={bar.key} bar={bar} row={rows[n] ?? 0} start={start} end={end} />
              ))}
            </div>
          </div>
        );
      })}
    </div>
  );
}

function percent(place: { left: number; width: number }): CSSProperties {
  return { left: `${place.left}%`, width: `${place.width}%` };
}

interface BandProps {
  freeze: FreezeBandView;
  start: number;
  end: number;
}

function Band({ freeze, start, end }: BandProps): ReactElement | null {
  const place = placeOf(freeze.span, start, end);
  if (place === undefined) return null;
  const title = `${freeze.name} ${formatWindow(freeze.span.start, freeze.span.end)}`;
  return <span className="fabu-lane-freeze" style={percent(place)} title={title} />;
}

function LaneBar({ bar, row, start, end }: { bar: Bar; row: number; start: number; end: number }): ReactElement | null {
  const { t } = useTranslation();
  const place = placeOf(bar, start, end);
  if (place === undefined) return null;
  const conflict = bar.conflict === undefined ? "" : ` fabu-lane-${bar.conflict}`;
  return (
    <Link
      to={bar.to}
      className={`fabu-lane-bar fabu-lane-${bar.tone}${conflict}`}
      style={{ ...percent(place), top: row * height + 3 }}
      title={`${bar.title} ${formatWindow(bar.start, bar.end)}`}
    >
      {bar.conflict !== undefined && <span aria-label={t("calendar:conflict")}>⚠ </span>}
      {bar.label}
    </Link>
  );
}
