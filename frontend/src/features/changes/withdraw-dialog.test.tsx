import { client } from "@/api/generated/client.gen";
import type { ChangeView, WithdrawalPreviewView } from "@/api/generated/types.gen";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { afterEach, describe, expect, it } from "vitest";
import { WithdrawDialog } from "./withdraw-dialog";

const change = { id: "c1", number: "CHG-7", version: 3 } as ChangeView;
const none: WithdrawalPreviewView = {
  release: null,
  stage: null,
  stage_after: null,
  voided: [],
  is_possible: true,
  blocked_by: [],
};

/** Opens the dialog beside an API that answers so; gives the bodies that it was sent. */
function open(preview: WithdrawalPreviewView): unknown[] {
  const sent: unknown[] = [];
  client.setConfig({
    baseUrl: "http://127.0.0.1",
    fetch: async (request) => {
      const asked = request as Request;
      if (asked.method === "GET") return Response.json(preview);
      sent.push(await asked.json());
      return Response.json(change);
    },
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <WithdrawDialog change={change} onClose={() => undefined} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  return sent;
}

afterEach(cleanup);

describe("the withdrawal of a change", () => {
  it("says first what it voids in the release, and takes the change out of it", async () => {
    const sent = open({
      ...none,
      release: "REL-2026-0007",
      stage: "testing",
      stage_after: "planning",
      voided: ["plan_review", "plan_approval"],
    });
    expect(await screen.findByText(/已列入发布 REL-2026-0007，撤回时从中移除/)).toBeTruthy();
    expect(screen.getByText(/发布方案评审、发布方案审批/)).toBeTruthy();
    await userEvent.type(screen.getByLabelText("撤回原因"), "业务撤回");
    await userEvent.click(screen.getByRole("button", { name: "从发布中撤回" }));
    expect(sent).toEqual([{ reason: "业务撤回", from_release: true }]);
  });

  it("says what is in the way", async () => {
    open({ ...none, release: "REL-2026-0007", is_possible: false, blocked_by: ["不能移除唯一的变更，请取消发布"] });
    expect(await screen.findByText("不能移除唯一的变更，请取消发布")).toBeTruthy();
    expect(screen.queryByLabelText("撤回原因")).toBeNull();
    expect(screen.getByRole("link", { name: "打开发布 REL-2026-0007" }).getAttribute("href")).toBe(
      "/releases/REL-2026-0007",
    );
  });

  it("leaves releases alone when the change is in none", async () => {
    const sent = open(none);
    await userEvent.type(screen.getByLabelText("撤回原因"), "不再需要");
    await userEvent.click(screen.getByRole("button", { name: /撤\s?回/ }));
    expect(sent).toEqual([{ reason: "不再需要", from_release: false }]);
  });
});
