import { client } from "@/api/generated/client.gen";
import { viewMeQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import type { MeView } from "@/api/generated/types.gen";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { PermittedButton } from "./permitted-button";

const me: MeView = {
  id: "0192f3c1-7b1e-7000-8000-000000000001",
  login: "zhao.min",
  name: "赵敏",
  email: null,
  phone: null,
  department_id: null,
  position: null,
  roles: ["process_owner"],
  language: "zh-CN",
  active: true,
  version: 1,
  permissions: ["create_customer"],
};

type Answer = () => Promise<Response>;

const answer: Answer = () => Promise.resolve(Response.json(me));

/** The button of a step for somebody of whom `/me` says this; `pressed` counts. */
function show(operation: "create_customer" | "create_user", ask: Answer = answer, known?: MeView) {
  client.setConfig({ baseUrl: "http://127.0.0.1", fetch: ask });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  if (known !== undefined) queries.setQueryData(viewMeQueryKey(), known);
  let count = 0;
  render(
    <QueryClientProvider client={queries}>
      <PermittedButton operation={operation} onClick={() => (count += 1)}>
        新增条目
      </PermittedButton>
    </QueryClientProvider>,
  );
  return { pressed: () => count, queries };
}

afterEach(cleanup);

describe("the button of a step outside releases", () => {
  it("is pressed by whom it is permitted to", async () => {
    const { pressed } = show("create_customer");
    await userEvent.click(await screen.findByRole("button", { name: "新增条目" }));
    expect(pressed()).toBe(1);
  });

  it("says to everybody else whose step it is, and does nothing", async () => {
    const { pressed } = show("create_user");
    const button = await screen.findByRole("button", { name: /新增/ });
    expect(button.getAttribute("aria-disabled")).toBe("true");
    await userEvent.click(button);
    expect(await screen.findByText(/系统管理员/)).toBeTruthy();
    expect(pressed()).toBe(0);
  });

  it("follows what is permitted and not the role's name", async () => {
    show("create_user", answer, { ...me, roles: ["system_administrator"], permissions: [] });
    expect((await screen.findByRole("button", { name: /新增/ })).getAttribute("aria-disabled")).toBe("true");
  });

  it("says nothing before it is known whether it is permitted, and keeps its place", () => {
    show("create_user", () => new Promise(() => {}));
    expect(screen.queryByRole("button")).toBeNull();
    const button = screen.getByRole("button", { hidden: true });
    expect(button.style.visibility).toBe("hidden");
    expect(button.getAttribute("aria-disabled")).toBeNull();
  });

  it("stays what it is while the same is asked again", () => {
    const { queries } = show("create_customer", () => new Promise(() => {}), me);
    void queries.invalidateQueries();
    expect(screen.getByRole("button", { name: "新增条目" })).toBeTruthy();
  });

  it("is left to the API when it cannot be known", async () => {
    const { pressed } = show("create_user", () => Promise.reject(new TypeError("down")));
    await userEvent.click(await waitFor(() => screen.getByRole("button", { name: "新增条目" })));
    expect(pressed()).toBe(1);
  });
});
