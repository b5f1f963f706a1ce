import { paths } from "@/lib/paths";
import {
  AuditOutlined,
  BarChartOutlined,
  CalendarOutlined,
  FileTextOutlined,
  HomeOutlined,
  RocketOutlined,
  SettingOutlined,
  SwapOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";

/** An entry of the left menu. */
export interface MenuEntry {
  /** The last part of the key of its text. */
  name: string;
  icon: ReactNode;
  /** The pages below it; the first is where the entry leads. An entry without a page of these is not shown. */
  pages: string[];
}

/** The left menu: eight entries, no more. */
export const menu: MenuEntry[] = [
  { name: "workbench", icon: <HomeOutlined />, pages: [paths.workbench] },
  { name: "approvals", icon: <AuditOutlined />, pages: [paths.approvals, paths.tasks] },
  { name: "releases", icon: <RocketOutlined />, pages: [paths.releases] },
  { name: "calendar", icon: <CalendarOutlined />, pages: [paths.calendar] },
  { name: "changes", icon: <SwapOutlined />, pages: [paths.changes, paths.changeQuarter, paths.configurationItems] },
  { name: "reports", icon: <BarChartOutlined />, pages: [paths.reports, paths.reviews] },
  { name: "documents", icon: <FileTextOutlined />, pages: [paths.documents] },
  {
    name: "admin",
    icon: <SettingOutlined />,
    pages: [
      paths.admin,
      paths.users,
      paths.departments,
      paths.customers,
      paths.serviceObjects,
      paths.deputies,
      paths.workingCalendar,
      paths.deliveries,
      paths.jobs,
      paths.log,
    ],
  },
];

/** The entry that an address belongs to. */
export function entryOf(pathname: string): MenuEntry | undefined {
  const belongs = (page: string) =>
    page === "/" ? pathname === "/" : pathname === page || pathname.startsWith(`${page}/`);
  return menu.find(({ pages }) => pages.some(belongs));
}
