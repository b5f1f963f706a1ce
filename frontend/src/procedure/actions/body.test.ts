import type { ReleaseView } from "@/api/generated/types.gen";
import { describe, expect, it } from "vitest";
import { sentOf } from "./body";
import type { ActionForm, Sent, Values } from "./field";
import { actionTable } from "./table";

// Only what the function reads; a whole release would say nothing more.
const release = { number: "REL-2026-0007", version: 12, tasks: [{ id: "t1", etag: '"v3"' }] } as unknown as ReleaseView;

function sent(name: keyof typeof actionTable, values: Values): Sent {
  return sentOf(actionTable[name] as ActionForm, release, values);
}

describe("what an action sends", () => {
  it("leaves out what was left empty, and names the version of the release", () => {
    expect(sent("close", { note: "  archived " })).toEqual({
      path: { number: "REL-2026-0007" },
      body: { note: "archived" },
      headers: { "If-Match": '"v12"' },
    });
    expect(sent("send_configuration_request", { note: " " }).body).toEqual({});
  });

  it("sends no body where the API takes none", () => {
    expect(sent("confirm_grouping", {})).not.toHaveProperty("body");
  });

  it("sends the version of the task, not of its release", () => {
    expect(sent("return_task", { id: "t1", reason: "no proof" })).toEqual({
      path: { id: "t1" },
      body: { reason: "no proof" },
      headers: { "If-Match": '"v3"' },
    });
  });

  it("writes a panel with capacities, and a rule only where it is not the usual one", () => {
    const members = [
      { user_id: "u1", capacity: "role release_owner" },
      { user_id: "u2", capacity: "department d1", sections: ["window"] },
      { user_id: "u3", capacity: "stakeholder", sections: [] },
    ];
    expect(sent("convene_go_live_approval", { members, rule: { quorum: "all" } }).body).toEqual({
      members: [
        { user_id: "u1", capacity: { kind: "role", value: "release_owner" } },
        { user_id: "u2", capacity: { kind: "department", value: "d1" }, sections: ["window"] },
        { user_id: "u3", capacity: { kind: "stakeholder" } },
      ],
    });
    const rule = { quorum: "at_least", count: 2, must_include: ["u1"] };
    expect(sent("convene_go_live_approval", { rule }).body).toEqual({ rule });
  });

  it("writes the hashes of all units in lower case", () => {
    const body = sent("start_deployment", { units: { a: " AB12 " }, note: "go" }).body;
    expect(body).toEqual({ units: [{ unit_id: "a", sha256: "ab12" }], note: "go" });
  });

  it("puts members of an object into that object", () => {
    const values = { id: "c1", actual: { version: "2.4", values: "" }, library_reference: "lib/2.4" };
    expect(sent("confirm_configuration_change", values)).toEqual({
      path: { number: "REL-2026-0007", id: "c1" },
      body: { actual: { version: "2.4" }, library_reference: "lib/2.4" },
    });
  });
});
