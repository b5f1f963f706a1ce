import type { ReleaseView } from "@/api/generated/types.gen";
import { describe, expect, it } from "vitest";
import { waitsOf } from "./waits";

type Given = Pick<ReleaseView, "approvals" | "tasks" | "actions">;

const person = (name: string) => ({ id: name, name });
const due_at = "2026-12-01T10:00:00Z";

/** Only what the reckoning looks at; the whole of a release would hide it. */
function release(given: { [name in keyof Given]?: unknown[] }): Given {
  return { approvals: [], tasks: [], actions: [], ...given } as unknown as Given;
}

const action = (name: string, who: string[] = []) => ({
  name,
  label: name,
  allowed: who.length === 0,
  blocked_by: who.map((one) => ({ code: "actor.not_permitted", kind: "not_permitted", who: [person(one)] })),
});

describe("what a release waits for", () => {
  it("is the members of an open panel that have not answered", () => {
    const members = [
      { user: person("An"), vote: null },
      { user: person("Bo"), vote: { decision: "pass" } },
    ];
    const approvals = [
      { id: "a", state: "open", kind_name: "Plan review", members, due_at },
      { id: "b", state: "passed", kind_name: "Older", members, due_at },
    ];
    expect(waitsOf(release({ approvals, actions: [action("submit_document")] }))).toEqual([
      { key: "a", what: "Plan review", who: ["An"], due: due_at },
    ]);
  });

  it("is the tasks that hold up a step, the soonest due first, with whom they are now", () => {
    const task = (id: string, state: string, due: string, blocks = "deployment_start") => ({
      id,
      title: id,
      state,
      blocks,
      due_at: due,
      assignee: person("An"),
      verifier: person("Vi"),
    });
    const tasks = [
      task("late", "open", "2026-12-03T00:00:00Z"),
      task("first", "submitted", "2026-12-01T00:00:00Z"),
      task("free", "open", "2026-11-01T00:00:00Z", "nothing"),
      task("done", "done", "2026-11-01T00:00:00Z"),
      task("third", "open", "2026-12-04T00:00:00Z"),
    ];
    expect(waitsOf(release({ tasks })).map(({ what, who }) => [what, who])).toEqual([
      ["first", ["Vi"]],
      ["late", ["An"]],
    ]);
  });

  it("is the next step and whose it is, when nothing is open", () => {
    const actions = [action("suspend"), action("start_deployment", ["Im", "Im"])];
    expect(waitsOf(release({ actions }))).toEqual([{ key: "start_deployment", what: "start_deployment", who: ["Im"] }]);
    expect(waitsOf(release({ actions: [action("close")] }))).toEqual([{ key: "close", what: "close", who: [] }]);
    expect(waitsOf(release({ actions: [action("comment")] }))).toEqual([]);
  });
});
