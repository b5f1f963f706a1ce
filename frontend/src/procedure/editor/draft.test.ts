import type { Problem } from "@/api/generated/types.gen";
import { ApiProblem, NoAnswer } from "@/api/problem";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Draft, retryAfter, saveAfter, type LocalCopy, type Served } from "./draft";
import type { Content } from "@/procedure/document/fields";

/** A server that holds one document, and a browser that keeps one copy. */
class World {
  served: Served = { content: { purpose: "", impact: "" }, version: 1 };
  copy: LocalCopy | undefined;
  isDown = false;
  saves: Content[] = [];

  readonly outside = {
    save: async (content: Content, version: number): Promise<Served> => {
      await Promise.resolve();
      if (this.isDown) throw new NoAnswer("down");
      if (version !== this.served.version) throw new ApiProblem({ status: 412, code: "stale", title: "" } as Problem);
      this.saves.push(content);
      this.served = { content, version: version + 1 };
      return this.served;
    },
    load: () => Promise.resolve(this.served),
    readCopy: () => this.copy,
    keepCopy: (copy: LocalCopy) => {
      this.copy = copy;
    },
    dropCopy: () => {
      this.copy = undefined;
    },
  };

  open(): Draft {
    return new Draft(this.served, this.outside);
  }

  /** Somebody else saves. */
  other(content: Content): void {
    this.served = { content, version: this.served.version + 1 };
  }
}

describe("a draft", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is saved once, three seconds after the last key", async () => {
    const world = new World();
    const draft = world.open();
    draft.set("/purpose", "a");
    await vi.advanceTimersByTimeAsync(saveAfter - 1);
    draft.set("/purpose", "ab");
    await vi.advanceTimersByTimeAsync(saveAfter - 1);
    expect(world.saves).toEqual([]);
    expect(world.copy?.content).toEqual({ purpose: "ab", impact: "" });
    await vi.advanceTimersByTimeAsync(1);
    expect(world.saves).toEqual([{ purpose: "ab", impact: "" }]);
    expect(draft.state().save).toBe("saved");
    expect(world.copy).toBeUndefined();
  });

  it("keeps what is typed while the server does not answer, and sends it when it does", async () => {
    const world = new World();
    world.isDown = true;
    const draft = world.open();
    draft.set("/purpose", "a");
    await vi.advanceTimersByTimeAsync(saveAfter);
    expect(draft.state().save).toBe("offline");
    expect(world.copy?.content["purpose"]).toBe("a");
    world.isDown = false;
    await vi.advanceTimersByTimeAsync(retryAfter);
    expect(draft.state().save).toBe("saved");
    expect(world.served.content["purpose"]).toBe("a");
  });

  it("restores what the page lost when it was closed, on top of what others saved meanwhile", async () => {
    const world = new World();
    world.isDown = true;
    world.open().set("/purpose", "typed");
    world.other({ purpose: "", impact: "theirs" });
    world.isDown = false;
    const again = world.open();
    expect(again.state()).toMatchObject({ isRestored: true, content: { purpose: "typed", impact: "theirs" } });
    expect(await again.flush()).toBe(true);
    expect(world.served.content).toEqual({ purpose: "typed", impact: "theirs" });
  });

  it("merges by itself what others saved in other fields", async () => {
    const world = new World();
    const draft = world.open();
    draft.set("/purpose", "mine");
    world.other({ purpose: "", impact: "theirs" });
    await vi.advanceTimersByTimeAsync(2 * saveAfter);
    expect(draft.state().save).toBe("saved");
    expect(world.served.content).toEqual({ purpose: "mine", impact: "theirs" });
  });

  it("asks when both changed the same field, and saves nothing until that is decided", async () => {
    const world = new World();
    const draft = world.open();
    draft.set("/purpose", "mine");
    world.other({ purpose: "theirs", impact: "" });
    await vi.advanceTimersByTimeAsync(10 * saveAfter);
    expect(draft.state().save).toBe("conflict");
    expect(draft.state().merged?.conflicts.map(({ pointer }) => pointer)).toEqual(["/purpose"]);
    expect(world.served.content["purpose"]).toBe("theirs");
    draft.resolve(new Set());
    await vi.advanceTimersByTimeAsync(saveAfter);
    expect(world.served.content["purpose"]).toBe("mine");
  });

  it("saves nothing typed during the save that met the other's, until it is decided", async () => {
    const world = new World();
    const draft = world.open();
    draft.set("/purpose", "mine");
    world.other({ purpose: "theirs", impact: "" });
    const saving = draft.flush();
    draft.set("/purpose", "mine too");
    await saving;
    draft.set("/impact", "typed under the question");
    await vi.advanceTimersByTimeAsync(10 * saveAfter);
    expect(world.served.content).toEqual({ purpose: "theirs", impact: "" });
    draft.resolve(new Set(["/purpose"]));
    await vi.advanceTimersByTimeAsync(saveAfter);
    expect(world.served.content).toEqual({ purpose: "theirs", impact: "typed under the question" });
  });

  it("asks again when the page was closed before the conflict was decided", async () => {
    const world = new World();
    const draft = world.open();
    draft.set("/purpose", "mine");
    world.other({ purpose: "theirs", impact: "" });
    expect(await draft.flush()).toBe(false);
    draft.stop();
    const again = world.open();
    await vi.advanceTimersByTimeAsync(10 * saveAfter);
    expect(again.state()).toMatchObject({ save: "conflict", isRestored: true, content: { purpose: "mine" } });
    expect(world.served.content["purpose"]).toBe("theirs");
  });

  it("takes over a newer version only while nothing is typed", () => {
    const world = new World();
    const draft = world.open();
    draft.adopt({ content: { purpose: "new", impact: "" }, version: 2 });
    expect(draft.state().content["purpose"]).toBe("new");
    draft.set("/impact", "typed");
    draft.adopt({ content: { purpose: "newer", impact: "" }, version: 3 });
    expect(draft.state().content).toEqual({ purpose: "new", impact: "typed" });
  });

  it("says why the server refused, and keeps the text", async () => {
    const world = new World();
    const refusal = new ApiProblem({ status: 403, code: "role.not_permitted", title: "" } as Problem);
    const draft = new Draft(world.served, { ...world.outside, save: () => Promise.reject(refusal) });
    draft.set("/purpose", "a");
    expect(await draft.flush()).toBe(false);
    expect(draft.state()).toMatchObject({ save: "refused", error: refusal, content: { purpose: "a" } });
    expect(world.copy?.content["purpose"]).toBe("a");
  });
});
