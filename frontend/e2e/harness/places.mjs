// Addresses of pages with something in them: `{approval}` becomes the id of an approval that the person may see.
import { asPerson } from "./api.mjs";

const first = async (ask, path, pick = ({ id }) => id) => {
  const { items } = await ask("GET", path);
  if (items.length === 0) throw new Error(`there is nothing at ${path}`);
  return pick(items[0]);
};

const number = ({ number: name }) => name;
const release = (stage) => (ask) => first(ask, `/releases?stage=${stage}`, number);

/** A report of a past quarter with releases in it; the first one who needs it drafts it. */
async function quarterlyReport(ask) {
  const { items: reports } = await ask("GET", "/reports/quarterly");
  if (reports.length > 0) return reports[0].quarter;
  const { items: quarters } = await ask("GET", "/reports/kpi");
  const { quarter } = quarters.at(-2);
  await ask("POST", "/reports/quarterly", { body: { quarter } });
  return quarter;
}

/** An arrangement for a report; the first one who needs it makes it. */
async function schedule(ask) {
  const { items } = await ask("GET", "/reports/schedules");
  if (items.length > 0) return items[0].id;
  const body = {
    name: "每日摘要",
    report: "daily_digest",
    roles: ["release_owner", "release_administrator"],
    minute: 520,
  };
  return (await ask("POST", "/reports/schedules", { body })).id;
}

/** A message to somebody: a test mail, when there is no other. */
async function delivery(ask) {
  const { items } = await ask("GET", "/deliveries");
  return items.length > 0 ? items[0].id : (await ask("POST", "/deliveries/test-mail")).id;
}

/** What each placeholder stands for. */
const places = {
  approval: (ask) => first(ask, "/approvals?awaited=true"),
  answered: (ask) => first(ask, "/approvals?awaited=false"),
  task: (ask) => first(ask, "/tasks?open=true"),
  change: (ask) => first(ask, "/changes"),
  user: (ask) => first(ask, "/users"),
  department: (ask) => first(ask, "/departments"),
  customer: (ask) => first(ask, "/customers"),
  configuration_item: (ask) => first(ask, "/configuration-items"),
  item_number: (ask) => first(ask, "/configuration-items", number),
  service_object: (ask) => first(ask, "/service-objects"),
  quarterly_report: quarterlyReport,
  schedule,
  delivery,
  planning: release("planning"),
  plan_review: release("plan_review"),
  testing: release("testing"),
  acceptance: release("acceptance"),
  go_live_approval: release("go_live_approval"),
  readiness: release("readiness"),
  deployment: release("deployment"),
  configuration_update: release("configuration_update"),
  closure: release("closure"),
  closed: release("closed"),
  completed: release("completed"),
};

/** The address with every placeholder filled for this person. */
export async function filled(server, person, address) {
  const names = [...address.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  if (names.length === 0) return address;
  const ask = await asPerson(server, person);
  let text = address;
  for (const name of names) {
    if (places[name] === undefined) throw new Error(`no place is called ${name}: add it to e2e/harness/places.mjs`);
    text = text.replace(`{${name}}`, await places[name](ask));
  }
  return text;
}
