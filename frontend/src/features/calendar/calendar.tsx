import type { CalendarBandsView, ReleaseSummaryView } from "@/api/generated/types.gen";
import { currentLanguage } from "@/lib/language";
import { paths } from "@/lib/paths";
import { zone } from "@/lib/time";
import FullCalendar from "@fullcalendar/react";
import dayGridPlugin from "@fullcalendar/react/daygrid";
import interactionPlugin from "@fullcalendar/react/interaction";
import listPlugin from "@fullcalendar/react/list";
import zhCn from "@fullcalendar/react/locales/zh-cn";
import "@fullcalendar/react/skeleton.css";
import classicTheme from "@fullcalendar/react/themes/classic";
import "@fullcalendar/react/themes/classic/palette.css";
import "@fullcalendar/react/themes/classic/theme.css";
import timeGridPlugin from "@fullcalendar/react/timegrid";
import { theme } from "antd";
import type { TFunction } from "i18next";
import { useMemo, type CSSProperties, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import "./calendar.css";
import { daysOf, marksOf } from "./bands";
import { isMovable, type Move } from "./move-dialog";
import type { View } from "./span";

/** The views that FullCalendar draws. */
export type CalendarViewName = Exclude<View, "systems" | "people">;

const names: Record<CalendarViewName, string> = { month: "dayGridMonth", week: "timeGridWeek", list: "listMonth" };

interface Props {
  view: CalendarViewName;
  /** A day of what is shown. */
  day: string;
  releases: readonly ReleaseSummaryView[];
  bands: CalendarBandsView;
  /** Asks for another window; nothing is moved by itself. */
  onMove: (move: Move) => void;
}

/** Windows on a calendar; each leads to its release, also by keyboard. */
export function CalendarView({ view, day, releases, bands, onMove }: Props): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { token } = theme.useToken();
  const events = useMemo(() => releases.flatMap((release) => eventOf(release, bands, t)), [releases, bands, t]);
  const behind = useMemo(() => (view === "list" ? [] : backgroundOf(bands, t, view)), [bands, t, view]);
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
        plugins={[dayGridPlugin, timeGridPlugin, listPlugin, interactionPlugin, classicTheme]}
        initialView={names[view]}
        initialDate={day}
        headerToolbar={false}
        locale={currentLanguage() === "zh-CN" ? zhCn : "en"}
        firstDay={1}
        timeZone={zone}
        events={[...behind, ...events]}
        eventDrop={(info) => {
          info.revert();
          const release = releases.find(({ id }) => id === info.event.id);
          const { start, end } = info.event;
          if (release !== undefined && start !== null && end !== null) {
            onMove({ release, start: start.toISOString(), end: end.toISOString() });
          }
        }}
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

/** A window as it stands on the calendar: a mark before its title says that something stands against it. */
function eventOf(release: ReleaseSummaryView, bands: CalendarBandsView, t: TFunction) {
  const { id, number, title, kind, status, window } = release;
  if (window === null) return [];
  const conflict = bands.conflicts.find((mark) => mark.release === number)?.severity;
  return [
    {
      id,
      title: [
        conflict !== undefined && `⚠ ${t(`enums:Severity.${conflict}`)}`,
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
      editable: isMovable(release),
      color: kind === "emergency" ? "#a8071a" : kind === "major" ? "#0958d9" : "#475569",
      contrastColor: "#ffffff",
    },
  ];
}

/** Freezes and holidays behind the windows: whole days in a month, the very times in a week. */
function backgroundOf(bands: CalendarBandsView, t: TFunction, view: CalendarViewName) {
  const isMonth = view === "month";
  const freezes = bands.freezes.map((freeze) => ({
    id: `${freeze.id} ${freeze.span.start}`,
    title: freeze.name,
    ...(isMonth ? { ...daysOf(freeze), allDay: true } : freeze.span),
    display: "background" as const,
    color: "#ff7875",
  }));
  const days = marksOf(bands).map(({ date, name, isOff }) => ({
    id: `day ${date}`,
    title: `${t(isOff ? "calendar:off" : "calendar:worked")} ${name}`,
    start: date,
    allDay: true,
    display: "background" as const,
    color: isOff ? "#d9f7be" : "#fff1b8",
  }));
  return isMonth ? [...days, ...freezes] : freezes;
}
