import { client } from "@/api/generated/client.gen";
import type { ConflictView, ReleaseView } from "@/api/generated/types.gen";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, describe, expect, it } from "vitest";
import { ConflictSection } from "./conflict-list";

const release = { number: "REL-2026-0001", actions: [] } as unknown as ReleaseView;
const freeze = {
  key: "freeze/1",
  kind: "freeze",
  severity: "hard",
  text: "上线时间落在封网期“年终封网”内",
  release: null,
  reason: null,
  authority: "general_manager",
} as ConflictView;

/** Shows the section beside an API that knows these conflicts; gives how often it was asked. */
function show(items: ConflictView[], quiet: boolean): { asked: number } {
  const counted = { asked: 0 };
  client.setConfig({
    baseUrl: "http://127.0.0.1",
    fetch: async () => {
      counted.asked += 1;
      return Promise.resolve(
        Response.json({ window: { start: "2026-12-30T12:00:00Z", end: "2026-12-30T16:00:00Z" }, items, gone: [] }),
      );
    },
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <ConflictSection release={release} quiet={quiet} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  return counted;
}

afterEach(cleanup);

describe("what stands against the window", () => {
  it("is said while a deployment runs, with who can lift it", async () => {
    show([freeze], true);
    expect(await screen.findByText(/年终封网/)).toBeTruthy();
    expect(screen.getByText(/总经理/)).toBeTruthy();
  });

  it("takes no room while a deployment runs when it is nothing", async () => {
    const counted = show([], true);
    await waitFor(() => expect(counted.asked).toBe(1));
    expect(screen.queryByText("时间冲突与封网")).toBeNull();
  });

  it("is said to be nothing before the start", async () => {
    show([], false);
    expect(await screen.findByText("时间冲突与封网")).toBeTruthy();
  });
});
