import { client } from "@/api/generated/client.gen";
import type { ImportView } from "@/api/generated/types.gen";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { registers } from "../registers.gen";
import { ImportDialog } from "./import-dialog";
import { filtersIn } from "./item-table";

const figures = { rows: 3, created: 1, changed: 1, unchanged: 0, refused: 1 };
const errors = [{ line: 3, column: "类型", text: "应为：硬件、软件" }];

/** Opens the dialog beside an API that answers so, and chooses a file; gives what the API was asked, by `dry_run`. */
async function choose(result: Omit<ImportView, "dry_run">) {
  const asked: (string | null)[] = [];
  client.setConfig({
    baseUrl: "http://127.0.0.1",
    fetch: (request) => {
      const isTrial = new URL((request as Request).url).searchParams.get("dry_run");
      asked.push(isTrial);
      return Promise.resolve(Response.json({ ...result, dry_run: isTrial === "true" }));
    },
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ImportDialog onClose={() => undefined} />
    </QueryClientProvider>,
  );
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  if (input !== null) await userEvent.upload(input, new File(["编号"], "items.csv"));
  return asked;
}

const send = () => screen.getByRole<HTMLButtonElement>("button", { name: /导\s?入$/ });

afterEach(cleanup);

describe("the import of items", () => {
  it("is tried out first, says what is wrong by line and column, and is done when it is sent", async () => {
    const asked = await choose({ ...figures, errors });
    expect(await screen.findByText("试运行完成，尚未写入。导入将写入 2 项。")).toBeTruthy();
    expect(screen.getByText("应为：硬件、软件")).toBeTruthy();
    expect(asked).toEqual(["true"]);
    await userEvent.click(send());
    expect(await screen.findByText("导入完成，已写入 2 项。")).toBeTruthy();
    expect(asked).toEqual(["true", "false"]);
  });

  it("is not sent when nothing would be written", async () => {
    await choose({ ...figures, created: 0, changed: 0, errors });
    expect(await screen.findByText("试运行完成：没有可写入的内容。")).toBeTruthy();
    expect(send().disabled).toBe(true);
  });
});

describe("the export of items", () => {
  it("takes the filters of the list from its address, and nothing else", () => {
    const { filters } = registers.configuration_item;
    expect(filtersIn("?q=counter&state=live&kind=&cursor=abc&sort=number", filters)).toEqual({
      q: "counter",
      state: "live",
    });
  });
});
