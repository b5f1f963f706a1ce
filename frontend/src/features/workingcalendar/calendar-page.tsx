import { viewCalendarOptions, viewCalendarYearOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { CalendarView, CalendarYearView } from "@/api/generated/types.gen";
import { formatMinute, today } from "@/lib/time";
import { AdminNav } from "@/ui/admin-nav";
import { Loaded } from "@/ui/page-states";
import { Page } from "@/ui/page";
import { PermittedButton } from "@/ui/permitted-button";
import { Section } from "@/ui/section";
import { When } from "@/ui/when";
import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Flex, Typography } from "antd";
import { parseAsInteger, useQueryState } from "nuqs";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ImportDialog } from "./import-dialog";
import { YearDialog } from "./year-dialog";
import { YearView } from "./year-view";
import { earliest, latest } from "./years";

/** The working calendar: deadlines run on it. A year view, the hours of a day, and a warning while the next year is missing. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const [asked, setAsked] = useQueryState("year", parseAsInteger.withOptions({ history: "push" }));
  const year = Math.min(Math.max(asked ?? Number(today().slice(0, 4)), earliest), latest);
  const calendar = useQuery(viewCalendarOptions());
  const shown = useQuery(viewCalendarYearOptions({ path: { year } }));
  return (
    <Page title={t("workingcalendar:title")} subtitle={t("workingcalendar:subtitle")}>
      <AdminNav />
      {calendar.data && <Overview calendar={calendar.data} onYear={(next) => void setAsked(next)} />}
      <Flex gap={8} align="center" wrap>
        <Button
          icon={<LeftOutlined />}
          aria-label={t("workingcalendar:previous")}
          disabled={year <= earliest}
          onClick={() => void setAsked(year - 1)}
        />
        <Typography.Text strong style={{ fontSize: 18 }}>
          {year}
        </Typography.Text>
        <Button
          icon={<RightOutlined />}
          aria-label={t("workingcalendar:next")}
          disabled={year >= latest}
          onClick={() => void setAsked(year + 1)}
        />
      </Flex>
      <Loaded query={shown} rows={12}>
        {(loaded) => <Year year={loaded} onYear={(next) => void setAsked(next)} />}
      </Loaded>
    </Page>
  );
}

function Overview({ calendar, onYear }: { calendar: CalendarView; onYear: (year: number) => void }): ReactElement {
  const { t } = useTranslation();
  const { warning, hours } = calendar;
  return (
    <>
      {warning && (
        <Alert
          type="warning"
          showIcon
          title={warning.text}
          action={
            <Button onClick={() => onYear(warning.year)}>{t("workingcalendar:toYear", { year: warning.year })}</Button>
          }
        />
      )}
      <span>
        {t("workingcalendar:hours")}
        {t("common:colon")}
        {hours.map(({ start, end }) => `${formatMinute(start)}–${formatMinute(end)}`).join(t("common:listSeparator"))}
      </span>
    </>
  );
}

function Year({ year, onYear }: { year: CalendarYearView; onYear: (year: number) => void }): ReactElement {
  const { t } = useTranslation();
  const [open, setOpen] = useState<"year" | "import">();
  const close = () => setOpen(undefined);
  return (
    <Section
      title={t("workingcalendar:arrangement")}
      extra={
        <Flex gap={8} wrap>
          <PermittedButton operation="import_calendar_year" onClick={() => setOpen("import")}>
            {t("workingcalendar:import.button")}
          </PermittedButton>
          <PermittedButton operation="replace_calendar_year" onClick={() => setOpen("year")}>
            {t(year.entered ? "workingcalendar:edit" : "workingcalendar:enter")}
          </PermittedButton>
        </Flex>
      }
    >
      <Flex vertical gap={12}>
        {year.entered ? (
          <Typography.Text type="secondary">
            {t("workingcalendar:source", { source: year.source })}
            {year.updated_at !== null && (
              <>
                {" · "}
                <When at={year.updated_at} />
              </>
            )}
          </Typography.Text>
        ) : (
          <Alert type="info" showIcon title={t("workingcalendar:notEntered")} />
        )}
        <YearView year={year} />
      </Flex>
      {open === "year" && <YearDialog year={year} onClose={close} />}
      {open === "import" && (
        <ImportDialog
          year={year.year}
          onImported={(imported) => {
            close();
            onYear(imported);
          }}
          onClose={close}
        />
      )}
    </Section>
  );
}
