import { viewCalendarBandsOptions } from "@/api/generated/@tanstack/react-query.gen";
import { listReleases } from "@/api/generated/sdk.gen";
import { usePermitted } from "@/api/permitted";
import { everything } from "@/api/registers";
import { dayEnd, dayStart, formatDay, today } from "@/lib/time";
import { Failed, Loading, Nothing } from "@/ui/page-states";
import { RecordSelect } from "@/ui/form/record-select";
import { Page } from "@/ui/page";
import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button, Flex, Grid, Segmented, Switch, Typography } from "antd";
import dayjs from "dayjs";
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { lazy, Suspense, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { marksOf, noBands } from "./bands";
import { Lanes } from "./lanes";
import { peopleLanes, systemLanes } from "./lanes-of";
import { MoveDialog, type Move } from "./move-dialog";
import { spanOf, stepped, unitOf, views, type View } from "./span";

const CalendarView = lazy(async () => ({ default: (await import("./calendar")).CalendarView }));

/** A window may have begun some days before what is shown. */
const longest = 14;

/** When releases go live: by month, by week, as a list, or in lanes by system and by person. What is shown stands in the address. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const isWide = Grid.useBreakpoint().md ?? true;
  const [state, setState] = useQueryStates(
    {
      view: parseAsStringLiteral(views),
      day: parseAsString,
      mine: parseAsBoolean.withDefault(false),
      customer: parseAsString,
      system: parseAsString,
    },
    { history: "push" },
  );
  const view: View = state.view ?? (isWide ? "month" : "list");
  const day = state.day !== null && dayjs(state.day).isValid() ? state.day : today();
  const span = spanOf(view, day);
  const found = useQuery({
    queryKey: ["releases of the calendar", span.from, span.until, state.mine, state.customer, state.system],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      everything(
        async (cursor) =>
          (
            await listReleases({
              query: {
                window_from: dayStart(dayjs(span.from).subtract(longest, "day").format("YYYY-MM-DD")),
                window_to: dayEnd(span.until),
                sort: "window_start",
                ...(state.mine && { member_id: "me" }),
                ...(state.customer !== null && { customer_id: state.customer }),
                ...(state.system !== null && { service_object_id: state.system }),
                cursor,
                limit: 100,
              },
              signal,
              throwOnError: true,
            })
          ).data,
      ),
  });
  const [move, setMove] = useState<Move>();
  const seesBands = usePermitted("view_calendar_bands") === true;
  const behind = useQuery({
    ...viewCalendarBandsOptions({ query: { from: span.from, until: span.until } }),
    placeholderData: keepPreviousData,
    enabled: seesBands,
  });
  const bands = behind.data ?? noBands;
  const shown = views.filter((name) => seesBands || (name !== "systems" && name !== "people"));
  const releases = (found.data ?? []).filter(({ status }) => status !== "cancelled");
  return (
    <Page title={t("calendar:title")} subtitle={t("calendar:subtitle")}>
      <Flex gap={12} wrap align="center" justify="space-between">
        <Flex gap={8} align="center" wrap>
          <Button
            icon={<LeftOutlined />}
            aria-label={t(`calendar:previous.${unitOf(view)}`)}
            onClick={() => void setState({ day: stepped(view, day, -1) })}
          />
          <Button onClick={() => void setState({ day: null })}>{t("calendar:today")}</Button>
          <Button
            icon={<RightOutlined />}
            aria-label={t(`calendar:next.${unitOf(view)}`)}
            onClick={() => void setState({ day: stepped(view, day, 1) })}
          />
          <Typography.Title level={2} style={{ margin: 0, fontSize: 18 }} aria-live="polite">
            {unitOf(view) === "month"
              ? dayjs(day).format(t("calendar:monthFormat"))
              : `${formatDay(span.from)} – ${formatDay(span.until)}`}
          </Typography.Title>
        </Flex>
        <Flex gap={12} align="center" wrap>
          <label style={{ display: "inline-flex", gap: 6, alignItems: "center" }}>
            <Switch size="small" checked={state.mine} onChange={(mine) => void setState({ mine })} />
            {t("calendar:mine")}
          </label>
          <Segmented<View>
            aria-label={t("calendar:view.label")}
            value={view}
            options={shown.map((value) => ({ value, label: t(`calendar:view.${value}`) }))}
            onChange={(next) => void setState({ view: next })}
          />
        </Flex>
      </Flex>
      <Flex gap={12} wrap>
        <div style={{ width: 220 }}>
          <label htmlFor="calendar-customer">{t("calendar:customer")}</label>
          <RecordSelect
            id="calendar-customer"
            kind="customer"
            value={state.customer}
            onChange={(customer) => void setState({ customer: customer ?? null })}
          />
        </div>
        <div style={{ width: 220 }}>
          <label htmlFor="calendar-system">{t("calendar:system")}</label>
          <RecordSelect
            id="calendar-system"
            kind="service_object"
            value={state.system}
            onChange={(system) => void setState({ system: system ?? null })}
          />
        </div>
      </Flex>
      {bands.freezes.length > 0 && (
        <Typography.Text type="secondary">
          {t("calendar:freezes", {
            names: [...new Set(bands.freezes.map(({ name }) => name))].join(t("common:listSeparator")),
          })}
        </Typography.Text>
      )}
      {found.data === undefined && found.error !== null && (
        <Failed error={found.error} retry={() => void found.refetch()} />
      )}
      {found.data === undefined && found.error === null && <Loading rows={12} />}
      {found.data !== undefined && (
        <Suspense fallback={<Loading rows={12} />}>
          {view === "list" && releases.length === 0 ? (
            <Nothing text={t("calendar:nothing")} />
          ) : view === "systems" || view === "people" ? (
            <Lanes
              from={span.from}
              lanes={view === "systems" ? systemLanes(releases, bands) : peopleLanes(releases, bands)}
              freezes={bands.freezes}
              marks={marksOf(bands)}
              label={t(`calendar:view.${view}`)}
            />
          ) : (
            <CalendarView
              key={`${view} ${day}`}
              view={view}
              day={day}
              releases={releases}
              bands={bands}
              onMove={setMove}
            />
          )}
        </Suspense>
      )}
      {move !== undefined && <MoveDialog move={move} onClose={() => setMove(undefined)} />}
    </Page>
  );
}
