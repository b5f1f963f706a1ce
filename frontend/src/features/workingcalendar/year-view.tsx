import type { CalendarYearView } from "@/api/generated/types.gen";
import { currentLanguage } from "@/lib/language";
import { today } from "@/lib/time";
import { Col, Flex, Row } from "antd";
import { useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import "./calendar.css";
import { monthsOf, type Day, type Month } from "./months";

/** The twelve months with working days, weekends, holidays and make-up days; each marked day says its name. */
export function YearView({ year }: { year: CalendarYearView }): ReactElement {
  const { t } = useTranslation();
  const months = useMemo(() => monthsOf(year), [year]);
  return (
    <Flex vertical gap={16}>
      <Flex gap={16} wrap aria-hidden>
        {(["off", "makeUp", "weekend"] as const).map((kind) => (
          <Flex key={kind} gap={6} align="center">
            <span className={`fabu-day fabu-day-${kind}`}>
              {kind === "weekend" ? "" : t(`workingcalendar:mark.${kind}`)}
            </span>
            {t(`workingcalendar:legend.${kind}`)}
          </Flex>
        ))}
      </Flex>
      <Row gutter={[16, 16]}>
        {months.map((month) => (
          <Col key={month.number} xs={24} sm={12} lg={8} xxl={6}>
            <MonthTable year={year.year} month={month} />
          </Col>
        ))}
      </Row>
    </Flex>
  );
}

function MonthTable({ year, month }: { year: number; month: Month }): ReactElement {
  const language = currentLanguage();
  const name = new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" });
  const weekday = new Intl.DateTimeFormat(language, { weekday: "narrow", timeZone: "UTC" });
  const weekdayLong = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
  // 2024-01-01 is a Monday.
  const days = Array.from({ length: 7 }, (_, n) => new Date(Date.UTC(2024, 0, 1 + n)));
  return (
    <table className="fabu-month">
      <caption>{name.format(new Date(Date.UTC(year, month.number - 1, 1)))}</caption>
      <thead>
        <tr>
          {days.map((day) => (
            <th key={day.getTime()} scope="col" abbr={weekdayLong.format(day)}>
              {weekday.format(day)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {month.weeks.map((week, row) => (
          <tr key={row}>
            {week.map((day, at) => (
              <td key={at}>{day && <DayCell day={day} />}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DayCell({ day: { date, number, announced, isWorking } }: { day: Day }): ReactElement {
  const { t } = useTranslation();
  const kind = announced === undefined ? (isWorking ? "" : "weekend") : announced.isOffDay ? "off" : "makeUp";
  const isToday = date === today();
  return (
    <span
      className={`fabu-day ${kind === "" ? "" : `fabu-day-${kind}`} ${isToday ? "fabu-day-today" : ""}`}
      {...(announced && {
        title: t(`workingcalendar:day.${kind === "off" ? "off" : "makeUp"}`, { name: announced.name }),
      })}
      {...(isToday && { "aria-current": "date" as const })}
    >
      {number}
      {announced && (
        <>
          <small aria-hidden>{t(`workingcalendar:mark.${announced.isOffDay ? "off" : "makeUp"}`)}</small>
          <span className="fabu-hidden">
            {t(`workingcalendar:day.${announced.isOffDay ? "off" : "makeUp"}`, { name: announced.name })}
          </span>
        </>
      )}
    </span>
  );
}
