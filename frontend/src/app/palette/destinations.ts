import { paths } from "@/lib/paths";

/** A page that can be gone to by its name. */
export interface Destination {
  /** The key of its name in the texts. */
  name: string;
  to: string;
  /** The keys that go there, one after the other. */
  keys?: string;
}

/** Where the palette and the shortcuts lead; those without a page are left out. */
export const destinations: Destination[] = [
  { name: "shell:menu.workbench", to: paths.workbench, keys: "g>i" },
  { name: "shell:menu.approvals", to: paths.approvals, keys: "g>a" },
  { name: "shell:menu.releases", to: paths.releases, keys: "g>r" },
  { name: "shell:menu.calendar", to: paths.calendar, keys: "g>c" },
  { name: "shell:new", to: paths.newRelease, keys: "c" },
  { name: "shell:menu.changes", to: paths.changes },
  { name: "changes:quarter.title", to: paths.changeQuarter },
  { name: "records:configuration_item._plural", to: paths.configurationItems },
  { name: "shell:menu.reports", to: paths.reports },
  { name: "shell:menu.documents", to: paths.documents },
  { name: "reports:nav.quarterly", to: paths.quarterlyReports },
  { name: "reports:nav.reviews", to: paths.reviews },
  { name: "records:schedule._plural", to: paths.schedules },
  { name: "palette:users", to: paths.users },
  { name: "records:department._plural", to: paths.departments },
  { name: "records:customer._plural", to: paths.customers },
  { name: "records:service_object._plural", to: paths.serviceObjects },
  { name: "records:media_item._plural", to: paths.mediaLibrary },
  { name: "admin:workingCalendar", to: paths.workingCalendar },
  { name: "records:freeze_window._plural", to: paths.freezeWindows },
  { name: "admin:deliveries", to: paths.deliveries },
  { name: "records:robot._plural", to: paths.robots },
  { name: "admin:jobs", to: paths.jobs },
  { name: "palette:log", to: paths.log },
  { name: "shell:me", to: paths.me },
  { name: "shell:help", to: paths.help },
  { name: "versions:title", to: paths.procedureVersions },
];
