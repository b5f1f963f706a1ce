import { below } from "@/lib/base-path";
import { send } from "./client";

/** What the server says over the stream. */
export interface LiveEvent {
  name: string;
  id: string;
  data: string;
}

/** The longest wait before the stream is tried again, in milliseconds. */
const longestWait = 30_000;
/** A stream that says nothing for so long is dead: the server beats every 15 seconds. */
const silence = 40_000;

/** The events in a text of the stream, and the rest that is not complete yet. */
export function parseEvents(text: string): { events: LiveEvent[]; rest: string } {
  const frames = text.replaceAll("\r\n", "\n").split("\n\n");
  const rest = frames.pop() ?? "";
  const events = frames.flatMap((frame) => {
    const fields = new Map(
      frame.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
    );
    const [name, id] = [fields.get("event"), fields.get("id")];
    return name === undefined || id === undefined ? [] : [{ name, id, data: fields.get("data") ?? "" }];
  });
  return { events, rest };
}

/**
 * Listens to live updates until it is stopped, through outages: after each it goes on where it broke off.
 *
 * `onEvents` is given all events of one piece at once; `onConnected` whether the stream is open.
 */
export function listen(
  stop: AbortSignal,
  onEvents: (events: LiveEvent[]) => void,
  onConnected: (isConnected: boolean) => void,
): void {
  let last: string | undefined;
  let failures = 0;
  const next = async (): Promise<void> => {
    while (!stop.aborted) {
      try {
        await read(stop, last, (events) => {
          failures = 0;
          onConnected(true);
          last = events.at(-1)?.id ?? last;
          onEvents(events);
        });
      } catch {
        failures += 1;
      }
      onConnected(false);
      await pause(Math.min(longestWait, 1000 * 2 ** failures), stop);
    }
  };
  void next();
}

/** Reads one stream to its end. A server that does not know the address ends the listening like an outage. */
async function read(
  stop: AbortSignal,
  last: string | undefined,
  onEvents: (events: LiveEvent[]) => void,
): Promise<void> {
  const connection = new AbortController();
  const end = () => connection.abort();
  stop.addEventListener("abort", end, { once: true });
  let watch = setTimeout(end, silence);
  try {
    const response = await send(new URL(below("/api/v1/events/stream"), window.location.origin), {
      signal: connection.signal,
      headers: { Accept: "text/event-stream", ...(last !== undefined && { "Last-Event-ID": last }) },
    });
    if (!response.ok || response.body === null) throw new Error(`${response.status}`);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(watch);
      watch = setTimeout(end, silence);
      const { events, rest } = parseEvents(text + value);
      text = rest;
      if (events.length > 0) onEvents(events);
    }
  } finally {
    clearTimeout(watch);
    stop.removeEventListener("abort", end);
  }
}

/** Waits, but not past the stop, and not past the moment at which the network comes back. */
function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve();
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      stop.removeEventListener("abort", end);
      done();
    };
    const timer = setTimeout(end, milliseconds);
    window.addEventListener("online", end);
    stop.addEventListener("abort", end);
  });
}
