import type { NotificationsView } from "@/api/generated/types.gen";
import { describe, expect, it } from "vitest";
import { choicesOf, requestOf } from "./choices";

const before: NotificationsView = {
  groups: [
    { group: "approvals", mail: true, pace: null },
    { group: "tasks", mail: false, pace: "digest" },
    { group: "progress", mail: true, pace: "digest" },
  ],
  quiet_hours: { from: "22:00:00", until: "07:30:00" },
  version: 3,
};

describe("the choice of messages", () => {
  it("comes back as it was when nothing is touched", () => {
    expect(requestOf(choicesOf(before), before)).toEqual({
      groups: { tasks: { mail: false, pace: "digest" }, progress: { mail: true, pace: "digest" } },
      quiet_hours: { from: "22:00:00", until: "07:30:00" },
    });
  });

  it("says nothing of a family that comes as usual", () => {
    const choices = choicesOf(before);
    const usual = { ...choices, groups: { ...choices.groups, progress: "usual" as const } };
    expect(requestOf(usual, before).groups).not.toHaveProperty("progress");
  });

  it("leaves only what is needed, at once, of a family that came as usual", () => {
    const choices = choicesOf(before);
    const needed = { quiet: null, groups: { ...choices.groups, approvals: "needed" as const } };
    expect(requestOf(needed, before)).toMatchObject({
      groups: { approvals: { mail: false, pace: "immediate" } },
      quiet_hours: null,
    });
  });
});
