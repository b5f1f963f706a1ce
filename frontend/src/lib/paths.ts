import { releaseTabs, type ReleaseTab } from "./route";

/** Every address of the pages. Nothing else spells one out. */
export const paths = {
  workbench: "/",
  signIn: "/login",
  setup: "/setup",
  setupSteps: "/admin/setup",
  changePassword: "/password",
  approvals: "/approvals",
  approval: (id: string) => `/approvals/${id}`,
  tasks: "/tasks",
  task: (id: string) => `/tasks/${id}`,
  releases: "/releases",
  newRelease: "/releases/new",
  release: (number: string) => `/releases/${number}`,
  releaseTab: (number: string, tab: ReleaseTab) =>
    tab === releaseTabs[0] ? `/releases/${number}` : `/releases/${number}/${tab}`,
  runSheet: (number: string) => `/releases/${number}/run`,
  changes: "/changes",
  change: (id: string) => `/changes/${id}`,
  newReleaseOf: (changes: readonly string[]) => `/releases/new?changes=${changes.join(",")}`,
  calendar: "/calendar",
  reports: "/reports",
  quarterlyReports: "/reports/quarterly",
  quarterlyReport: (quarter: string, revision?: number) =>
    `/reports/quarterly/${quarter}${revision === undefined ? "" : `?revision=${revision}`}`,
  reportedReleases: (quarter: string) => `/reports/quarterly/${quarter}/releases`,
  schedules: "/reports/schedules",
  schedule: (id: string) => `/reports/schedules/${id}`,
  reviews: "/reviews",
  documents: "/documents",
  notifications: "/notifications",
  me: "/me",
  myNotifications: "/me/notifications",
  help: "/help",
  clause: (clause: string) => `/help#clause-${clause}`,
  admin: "/admin",
  users: "/admin/users",
  user: (id: string) => `/admin/users/${id}`,
  deputies: "/admin/deputies",
  departments: "/admin/departments",
  customers: "/admin/customers",
  serviceObjects: "/admin/service-objects",
  workingCalendar: "/admin/calendar",
  deliveries: "/admin/deliveries",
  delivery: (id: string) => `/admin/deliveries/${id}`,
  robots: "/admin/robots",
  jobs: "/admin/jobs",
  log: "/admin/events",
} as const;

/** Where a person returns to after signing in: an address of ours, never another site's. */
export function returnAddress(to: string | null): string {
  return to !== null && /^\/(?![/\\])/.test(to) ? to : paths.workbench;
}
