import { listReleases } from "@/api/generated/sdk.gen";
import { everything } from "@/api/registers";
import { dayEnd, dayStart, formatDay, today } from "@/lib/time";
import { Failed, Loading, Nothing } from "@/ui/page-states";
import { Page } from "@/ui/page";
import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button, Flex, Grid, Segmented, Switch, Typography } from "antd";
import dayjs from "dayjs";
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { lazy, Suspense, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { spanOf, stepped, unitOf, views, type View } from "./span";

const CalendarView = lazy(async () => ({ default: (await import("./calendar")).CalendarView }));

/** A window may have begun some days before what is shown. */
const longest = 14;

/** When releases go live: by month, by week, or as a list. What is shown stands in the address. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const isWide = Grid.useBreakpoint().md ?? true;
  const [state, setState] = useQueryStates(
    { view: parseAsStringLiteral(views), day: parseAsString, mine: parseAsBoolean.withDefault(false) },
    { history: "push" },
  );
  const view: View = state.view ?? (isWide ? "month" : "list");
  const day = state.day !== null && dayjs(state.day).isValid() ? state.day : today();
  const span = spanOf(view, day);
  const found = useQuery({
    queryKey: ["releases of the calendar", span.from, span.until, state.mine],
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
                cursor,
                limit: 100,
              },
              signal,
              throwOnError: true,
            })
          ).data,
      ),
  });
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
            options={views.map((value) => ({ value, label: t(`calendar:view.${value}`) }))}
            onChange={(next) => void setState({ view: next })}
          />
        </Flex>
      </Flex>
      {found.data === undefined && found.error !== null && (
        <Failed error={found.error} retry={() => void found.refetch()} />
      )}
      {found.data === undefined && found.error === null && <Loading rows={12} />}
      {found.data !== undefined && (
        <Suspense fallback={<Loading rows={12} />}>
          {view === "list" && releases.length === 0 ? (
            <Nothing text={t("calendar:nothing")} />
          ) : (
            <CalendarView key={`${view} ${day}`} view={view} day={day} releases={releases} />
          )}
        </Suspense>
      )}
    </Page>
  );
}
