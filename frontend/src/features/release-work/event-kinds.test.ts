import { eventFamilies, eventTopics, familyOf, kindOf, placeholders } from "@/api/events";
import { eventKinds } from "@/api/events.gen";
import type { EventView } from "@/api/generated/types.gen";
import { words } from "@/api/words";
import { catalogue as english } from "@/lib/texts/en-US";
import { catalogue as chinese } from "@/lib/texts/zh-CN";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { colorOf, payloadAt, peopleOf } from "./event-kinds";

// Only what the functions read.
const event = (kind: string, payload: object): EventView =>
  ({ kind, payload, actor: "a", on_behalf_of: null }) as unknown as EventView;

const described = JSON.parse(readFileSync("../openapi/openapi.json", "utf8")) as {
  components: { schemas: { EventKindsView: { "x-event-kinds": { kinds: { kind: string }[] } } } };
};

type Texts = Record<string, Record<string, string>>;

describe("the kinds of entries", () => {
  it("are those of the API, each with a family, a topic and a text in both languages", () => {
    const kinds = described.components.schemas.EventKindsView["x-event-kinds"].kinds.map(({ kind }) => kind);
    expect(Object.keys(eventKinds)).toEqual(kinds);
    for (const kind of kinds) {
      const [family = "", action = ""] = kind.split(".");
      expect(eventFamilies).toContain(familyOf(kind));
      expect(eventTopics).toContain(kindOf(kind).topic);
      for (const { events } of [chinese, english] as { events: { name: Texts } }[])
        expect(events.name[family]?.[action]).toMatch(/./);
    }
  });

  it("take what is declared: places in the payload, words of an enum", () => {
    const taken = new Set(Object.values(eventKinds).flatMap(({ takes }) => takes));
    expect([...taken].sort()).toEqual(Object.keys(placeholders).sort());
    for (const { shown, of, at } of Object.values(placeholders)) {
      expect(at.length).toBeGreaterThan(0);
      expect(of === undefined ? shown !== "word" : of in words).toBe(true);
    }
  });

  it("of another version of the program are about something else", () => {
    expect(kindOf("release.dreamt")).toEqual({ topic: "other", tone: "neutral", takes: [] });
    expect(familyOf("dream.begun")).toBeUndefined();
  });

  it("are coloured by their result, and without one by their kind", () => {
    const color = (kind: string, payload: object = {}) => colorOf(event(kind, payload));
    expect(color("approval.vote_cast", { vote: { decision: "return" } })).toBe("red");
    expect(color("approval.vote_cast", { vote: { decision: "pass" } })).toBe("green");
    expect(color("approval.vote_cast", { vote: { decision: "pass_with_conditions" } })).toBe("blue");
    expect(color("approval.decided", { state: "void" })).toBe("red");
    expect(color("release.verdict_recorded", { verdict: "rolled_back" })).toBe("red");
    expect(color("test_run.recorded", { result: "passed" })).toBe("green");
    expect(color("task.returned")).toBe("red");
    expect(color("release.closed")).toBe("green");
    expect(color("release.commented")).toBe("gray");
    expect(color("release.stage_changed", { to: "testing" })).toBe("blue");
  });

  it("name the people whom their sentence names, and whoever did it", () => {
    expect(peopleOf(event("release.role_assigned", { user_id: "u" }))).toContain("u");
    expect(peopleOf(event("reminder.raised", { to: "t" }))).toContain("t");
    expect(peopleOf(event("run_sheet.entry_recorded", { performed_by: "p" }))).toEqual(["a", "", "p"]);
    // Where a stage is named at the same place, that is nobody.
    expect(peopleOf(event("release.stage_changed", { to: "testing" }))).not.toContain("testing");
  });

  it("have their values at pointers", () => {
    const revision = event("document.submitted", { revision: { revision: 2 } });
    expect([payloadAt(revision, "/revision/revision"), payloadAt(revision, "/document")]).toEqual(["2", ""]);
  });
});
