import type { ReleaseSummaryView } from "@/api/generated/types.gen";
import { currentLanguage } from "@/lib/language";
import { paths } from "@/lib/paths";
import { zone } from "@/lib/time";
import FullCalendar from "@fullcalendar/react";
import dayGridPlugin from "@fullcalendar/react/daygrid";
import listPlugin from "@fullcalendar/react/list";
import zhCn from "@fullcalendar/react/locales/zh-cn";
import "@fullcalendar/react/skeleton.css";
import classicTheme from "@fullcalendar/react/themes/classic";
import "@fullcalendar/react/themes/classic/palette.css";
import "@fullcalendar/react/themes/classic/theme.css";
import timeGridPlugin from "@fullcalendar/react/timegrid";
import { theme } from "antd";
import { useMemo, type CSSProperties, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import "./calendar.css";
import type { View } from "./span";

const names: Record<View, string> = { month: "dayGridMonth", week: "timeGridWeek", list: "listMonth" };

interface Props {
  view: View;
  /** A day of what is shown. */
  day: string;
  releases: readonly ReleaseSummaryView[];
}

/** Windows on a calendar; each leads to its release, also by keyboard. */
export function CalendarView({ view, day, releases }: Props): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { token } = theme.useToken();
  const events = useMemo(
    () =>
      releases.flatMap(({ id, number, title, kind, status, window }) =>
        window === null
          ? []
          : [
              {
                id,
                title: [
                  kind === "emergency" && t("enums:ReleaseKind.emergency"),
                  status === "suspended" && t("enums:ReleaseStatus.suspended"),
                  title,
                  number,
                ]
                  .filter(Boolean)
                  .join(" · "),
                start: window.start,
                end: window.end,
                url: paths.release(number),
                color: kind === "emergency" ? "#a8071a" : kind === "major" ? "#0958d9" : "#475569",
                contrastColor: "#ffffff",
              },
            ],
      ),
    [releases, t],
  );
  // The theme's own greys are too weak on its grounds.
  const palette = {
    "--fc-classic-background": token.colorBgContainer,
    "--fc-classic-foreground": token.colorText,
    "--fc-classic-faint-foreground": token.colorTextTertiary,
    "--fc-classic-muted-foreground": token.colorTextTertiary,
    "--fc-classic-border": token.colorBorderSecondary,
    "--fc-classic-strong-border": token.colorBorder,
    "--fc-classic-faint": token.colorFillQuaternary,
    "--fc-classic-muted": token.colorFillTertiary,
    "--fc-classic-strong": token.colorFillSecondary,
    "--fc-classic-today": token.colorPrimaryBg,
    "--fc-classic-primary": "#0958d9",
    background: token.colorBgContainer,
    borderRadius: token.borderRadiusLG,
  } as CSSProperties;
  return (
    <div style={palette} className={`fabu-calendar-${view}`}>
      <FullCalendar
        plugins={[dayGridPlugin, timeGridPlugin, listPlugin, classicTheme]}
        initialView={names[view]}
        initialDate={day}
        headerToolbar={false}
        locale={currentLanguage() === "zh-CN" ? zhCn : "en"}
        firstDay={1}
        timeZone={zone}
        events={events}
        eventTimeFormat={{ hour: "2-digit", minute: "2-digit", hour12: false }}
        slotHeaderFormat={{ hour: "2-digit", minute: "2-digit", hour12: false }}
        dayMaxEvents={4}
        eventDisplay="block"
        allDaySlot={false}
        scrollTime="14:00:00"
        height={view === "week" ? 640 : "auto"}
        eventClick={({ event, jsEvent }) => {
          if (event.url === "" || jsEvent.ctrlKey || jsEvent.metaKey) return;
          jsEvent.preventDefault();
          void navigate(event.url);
        }}
      />
    </div>
  );
}
