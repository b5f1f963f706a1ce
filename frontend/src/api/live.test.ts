import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startClient } from "./client";
import { listen, parseEvents, type LiveEvent } from "./live";
import { session } from "./session";

const frame = (name: string, id: number) => `event: ${name}\nid: ${id}\ndata: {"seq":${id}}\n\n`;

describe("the reader of live updates", () => {
  it("takes whole events only, and keeps what is not complete", () => {
    const text = `retry: 3000\n${frame("ready", 4)}: beat\n\n${frame("change", 5)}event: change\nid: 6`;
    const { events, rest } = parseEvents(text);
    expect(events.map(({ name, id }) => [name, id])).toEqual([
      ["ready", "4"],
      ["change", "5"],
    ]);
    expect(events[1]?.data).toBe('{"seq":5}');
    expect(rest).toBe("event: change\nid: 6");
    expect(parseEvents(`${rest}\ndata: {}\n\n`).events).toEqual([{ name: "change", id: "6", data: "{}" }]);
  });

  describe("through outages", () => {
    const stop = { now: new AbortController() };
    beforeEach(() => {
      vi.useFakeTimers();
      startClient();
      session.begin({ access_token: "first", token_type: "Bearer", expires_in: 900, must_change_password: false });
      stop.now = new AbortController();
    });
    afterEach(() => {
      stop.now.abort();
      vi.useRealTimers();
      vi.unstubAllGlobals();
    });

    const streamOf = (...frames: string[]) =>
      new Response(
        new ReadableStream({
          start(controller) {
            for (const part of frames) controller.enqueue(new TextEncoder().encode(part));
            controller.close();
          },
        }),
      );

    it("goes on after the last event that came, and waits longer after every failure", async () => {
      const asked: (string | null)[] = [];
      const answers = [
        () => streamOf(frame("ready", 1), frame("change", 2)),
        () => Promise.reject(new TypeError("Failed to fetch")),
        () => new Response(null, { status: 503 }),
        () => streamOf(frame("ready", 2), frame("change", 3)),
      ];
      vi.stubGlobal("fetch", (request: Request) => {
        asked.push(request.headers.get("Last-Event-ID"));
        return answers.shift()?.() ?? new Promise(() => undefined);
      });
      const seen: LiveEvent[] = [];
      const connected: boolean[] = [];
      listen(
        stop.now.signal,
        (events) => seen.push(...events),
        (isConnected) => connected.push(isConnected),
      );
      await vi.advanceTimersByTimeAsync(1_500);
      expect(asked).toEqual([null, "2"]);
      await vi.advanceTimersByTimeAsync(2_500);
      expect(asked).toEqual([null, "2", "2"]);
      await vi.advanceTimersByTimeAsync(3_800);
      expect(asked).toHaveLength(4);
      expect(seen.map(({ id }) => id)).toEqual(["1", "2", "2", "3"]);
      expect(connected).toContain(true);
      expect(connected).toContain(false);
    });

    it("stops when it is told to", async () => {
      const asked = vi.fn(() => Promise.reject(new TypeError("Failed to fetch")));
      vi.stubGlobal("fetch", asked);
      listen(
        stop.now.signal,
        () => undefined,
        () => undefined,
      );
      await vi.advanceTimersByTimeAsync(100);
      stop.now.abort();
      const count = asked.mock.calls.length;
      await vi.advanceTimersByTimeAsync(120_000);
      expect(asked.mock.calls.length).toBe(count);
    });
  });
});
