import type { SubjectKind } from "@/api/generated/types.gen";
import { releaseTabs, type ReleaseTab } from "./route";

/**
 * A value as one segment of an address: the number of a release may hold `/`, `#`, `?`, `%` and spaces. A colon stays, which a
 * segment may hold and by which the places of patterns are named (`:number`).
 */
function segment(value: string): string {
  return encodeURIComponent(value).replaceAll("%3A", ":");
}

/** Every address of the pages. Nothing else spells one out. */
export const paths = {
  workbench: "/",
  signIn: "/login",
  setup: "/setup",
  setupSteps: "/admin/setup",
  changePassword: "/password",
  approvals: "/approvals",
  approval: (id: string) => `/approvals/${segment(id)}`,
  tasks: "/tasks",
  task: (id: string) => `/tasks/${segment(id)}`,
  releases: "/releases",
  newRelease: "/releases/new",
  release: (number: string) => `/releases/${segment(number)}`,
  releaseTab: (number: string, tab: ReleaseTab) =>
    tab === releaseTabs[0] ? `/releases/${segment(number)}` : `/releases/${segment(number)}/${tab}`,
  runSheet: (number: string) => `/releases/${segment(number)}/run`,
  changes: "/changes",
  change: (id: string) => `/changes/${segment(id)}`,
  changeQuarter: "/change-quarter",
  newReleaseOf: (changes: readonly string[]) => `/releases/new?changes=${changes.map(segment).join(",")}`,
  configurationItems: "/configuration-items",
  configurationItem: (id: string) => `/configuration-items/${segment(id)}`,
  configurationItemNumbered: (number: string) => `/configuration-items/numbered/${segment(number)}`,
  calendar: "/calendar",
  reports: "/reports",
  quarterlyReports: "/reports/quarterly",
  quarterlyReport: (quarter: string, revision?: number) =>
    `/reports/quarterly/${segment(quarter)}${revision === undefined ? "" : `?revision=${revision}`}`,
  reportedReleases: (quarter: string) => `/reports/quarterly/${segment(quarter)}/releases`,
  schedules: "/reports/schedules",
  schedule: (id: string) => `/reports/schedules/${segment(id)}`,
  reviews: "/reviews",
  documents: "/documents",
  notifications: "/notifications",
  me: "/me",
  myNotifications: "/me/notifications",
  help: "/help",
  clause: (clause: string) => `/help#clause-${clause}`,
  procedureVersions: "/procedure-versions",
  procedureVersion: (label: string) => `/procedure-versions/${segment(label)}`,
  admin: "/admin",
  users: "/admin/users",
  user: (id: string) => `/admin/users/${segment(id)}`,
  deputies: "/admin/deputies",
  departments: "/admin/departments",
  customers: "/admin/customers",
  serviceObjects: "/admin/service-objects",
  mediaLibrary: "/admin/media-library",
  workingCalendar: "/admin/calendar",
  freezeWindows: "/admin/freeze-windows",
  deliveries: "/admin/deliveries",
  delivery: (id: string) => `/admin/deliveries/${segment(id)}`,
  robots: "/admin/robots",
  jobs: "/admin/jobs",
  log: "/admin/events",
} as const;

interface About {
  kind: SubjectKind;
  path: string;
}

/** Where an approval is answered: on a page of its own, unless the page of what it is about has its answers. */
export function approvalPage(id: string, { kind, path }: About): string {
  return kind === "quarterly_report" ? path : paths.approval(id);
}

/** Where a task is done: one of a release on a page of its own, any other on the page of what it is about. */
export function taskPage(id: string, { kind, path }: About): string {
  return kind === "release" ? paths.task(id) : path;
}

/** Where a person returns to after signing in: an address of ours, never another site's. */
export function returnAddress(to: string | null): string {
  return to !== null && /^\/(?![/\\])/.test(to) ? to : paths.workbench;
}
