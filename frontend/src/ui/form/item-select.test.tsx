import { client } from "@/api/generated/client.gen";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState, type ReactElement } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { ItemSelect } from "./item-select";

const items = [
  { number: "CI-1", name: "柜面应用", item_version: "3.2.0", state: "live" },
  { number: "CI-2", name: "票务网关", item_version: null, state: "planned" },
  { number: "CI-3", name: "旧网关", item_version: "1.0", state: "retired" },
];

/** Answers as the API does: by the words and the state that are asked for. */
function answer(request: Request): Promise<Response> {
  const asked = new URL(request.url).searchParams;
  const q = asked.get("q") ?? "";
  const state = asked.get("state");
  const found = items.filter(
    (item) => (state === null || item.state === state) && (item.number + item.name).includes(q),
  );
  return Promise.resolve(Response.json({ items: found, next_cursor: null }));
}

const chosen: [string | undefined, string | undefined][] = [];

function Held({ value }: { value: string }): ReactElement {
  const [held, setHeld] = useState<string | undefined>(value);
  return (
    <ItemSelect
      value={held ?? null}
      onChange={(number, item) => {
        chosen.push([number, item?.name]);
        setHeld(number);
      }}
    />
  );
}

function show(value: string) {
  chosen.length = 0;
  client.setConfig({ baseUrl: "http://127.0.0.1", fetch: (request) => answer(request as Request) });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Held value={value} />
    </QueryClientProvider>,
  );
}

const options = () => [...document.querySelectorAll(".ant-select-item-option-content")].map((one) => one.textContent);

afterEach(cleanup);

describe("the choice of a configuration item", () => {
  it("offers what is found with its version, and gives the number and the item", async () => {
    show("");
    await userEvent.type(screen.getByRole("combobox"), "柜面");
    await expect.poll(options).toEqual(["CI-1 柜面应用 · 3.2.0"]);
    await userEvent.click(screen.getByText("CI-1 柜面应用 · 3.2.0"));
    expect(chosen).toEqual([["CI-1", "柜面应用"]]);
  });

  it("offers no retired item and takes nothing that is only typed", async () => {
    show("");
    await userEvent.type(screen.getByRole("combobox"), "旧网关");
    expect(await screen.findByText(/只能选择已登记的配置项/)).toBeTruthy();
    await userEvent.keyboard("{Enter}");
    await userEvent.tab();
    expect(chosen).toEqual([]);
  });

  it("keeps what is not registered as it is, with a warning", async () => {
    show("CI-柜面");
    expect(await screen.findByText(/“CI-柜面”不在配置项库中/)).toBeTruthy();
    expect(screen.getByText("CI-柜面")).toBeTruthy();
    expect(chosen).toEqual([]);
  });

  it("warns of an item that was retired since, and of no other", async () => {
    show("CI-3");
    expect(await screen.findByText(/“CI-3”已退役/)).toBeTruthy();
    cleanup();
    show("ci-1");
    expect(await screen.findByText("CI-1 柜面应用 · 3.2.0")).toBeTruthy();
    expect(screen.queryByText(/退役|不在配置项库中/)).toBeNull();
  });
});
