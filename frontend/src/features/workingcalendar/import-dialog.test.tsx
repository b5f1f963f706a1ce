import { client } from "@/api/generated/client.gen";
import type { CalendarImportView, CalendarYearView, DayView } from "@/api/generated/types.gen";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { ImportDialog } from "./import-dialog";

const newYear: DayView = { name: "元旦", date: "2027-01-01", isOffDay: true };
const makeUp: DayView = { name: "元旦", date: "2027-01-09", isOffDay: false };

const stored = (year: number): CalendarYearView => ({
  year,
  entered: true,
  days: [newYear],
  source: "",
  updated_at: "2026-11-01T00:00:00Z",
  version: 4,
});

interface Sent {
  call: string;
  body: Record<string, unknown>;
  seen: string | null;
}

/** The dialog over an API that has New Year on record and finds one day more in every file. */
function show() {
  const sent: Sent[] = [];
  const imported: number[] = [];
  const answer = async (request: Request): Promise<Response> => {
    const path = new URL(request.url).pathname.replace("/api/v1/calendar/years/", "");
    const year = Number(path.slice(0, 4));
    if (request.method === "GET") return Response.json(stored(year));
    const body = (await request.json()) as Record<string, unknown>;
    sent.push({ call: `${request.method} ${path}`, body, seen: request.headers.get("If-Match") });
    const after = { ...stored(year), days: [newYear, makeUp] };
    if (request.method === "PUT") return Response.json(after);
    const view: CalendarImportView = {
      dry_run: body["dry_run"] === true,
      year: after,
      added: [makeUp],
      removed: [],
      skipped: [],
      left_out: [{ line: 6, name: "妇女节", dates: ["2027-03-08"], reason: "unmarked" }],
    };
    return Response.json(view);
  };
  client.setConfig({
    baseUrl: "http://127.0.0.1",
    fetch: (input: RequestInfo | URL, init?: RequestInit) => answer(new Request(input, init)),
  });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={queries}>
      <ImportDialog year={2027} onImported={(year) => imported.push(year)} onClose={() => undefined} />
    </QueryClientProvider>,
  );
  const choose = async (name: string, text: string) => {
    const field = document.querySelector<HTMLInputElement>("input[type=file]");
    if (field === null) throw new Error("there is no field for a file");
    await userEvent.upload(field, new File([text], name));
    await screen.findByText(name);
  };
  const press = async (name: string) => userEvent.click(await screen.findByRole("button", { name: new RegExp(name) }));
  return { sent, imported, choose, press };
}

afterEach(cleanup);

describe("the import of a year", () => {
  it("shows first what a calendar file changes, and takes it only then", async () => {
    const { sent, imported, choose, press } = show();
    await choose("2027.ics", "BEGIN:VCALENDAR");
    await press("预\\s*览");
    await screen.findByText("2027-01-09");
    expect(imported).toEqual([]);
    await press("导\\s*入");
    await waitFor(() => expect(imported).toEqual([2027]));
    const body = { ics: "BEGIN:VCALENDAR", source: null, decisions: [] };
    expect(sent).toEqual([
      { call: "POST 2027/import", seen: `"v4"`, body: { ...body, dry_run: true } },
      { call: "POST 2027/import", seen: `"v4"`, body: { ...body, dry_run: false } },
    ]);
  });

  it("lists what has no mark with its line, and sends what is decided of it after another preview", async () => {
    const { sent, choose, press } = show();
    await choose("2027.ics", "BEGIN:VCALENDAR");
    await press("预\\s*览");
    await screen.findByText(/第 6 行/);
    await userEvent.click(screen.getByRole("combobox", { name: "“妇女节”按" }));
    await userEvent.click(await screen.findByText("放假", { selector: ".ant-select-item-option-content" }));
    await press("预\\s*览");
    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]?.body["decisions"]).toEqual([{ line: 6, kind: "off" }]);
    expect(sent[1]?.body["dry_run"]).toBe(true);
  });

  it("takes a published file for the year that it states, with its papers", async () => {
    const { sent, imported, choose, press } = show();
    const published = { year: 2028, papers: ["https://www.gov.cn/x.htm"], days: [newYear, makeUp] };
    await choose("2028.json", JSON.stringify(published));
    await waitFor(() => expect(screen.getByRole("spinbutton")).toHaveProperty("value", "2028"));
    await press("预\\s*览");
    await screen.findByText("2027-01-09");
    expect(screen.queryByText("2027-01-01")).toBeNull();
    expect(sent).toEqual([]);
    await press("导\\s*入");
    await waitFor(() => expect(imported).toEqual([2028]));
    expect(sent).toEqual([{ call: "PUT 2028", seen: `"v4"`, body: { ...published, source: null } }]);
  });

  it("asks for another preview when another file is chosen", async () => {
    const { sent, choose, press } = show();
    await choose("2027.ics", "BEGIN:VCALENDAR");
    await press("预\\s*览");
    await screen.findByText("2027-01-09");
    await choose("other.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR");
    expect(screen.queryByText("2027-01-09")).toBeNull();
    await press("预\\s*览");
    await waitFor(() => expect(sent.map(({ body }) => body["dry_run"])).toEqual([true, true]));
  });

  it("sends nothing of a file that holds no days", async () => {
    const { sent, choose, press } = show();
    await choose("2027.json", "{}");
    await press("预\\s*览");
    await screen.findByText("不是放假安排的文件");
    expect(sent).toEqual([]);
  });
});
