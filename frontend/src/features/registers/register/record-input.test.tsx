import { client } from "@/api/generated/client.gen";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { Button, Form } from "antd";
import type { ReactElement } from "react";
import { MemoryRouter } from "react-router";
import { afterEach, describe, expect, it } from "vitest";
import { Cell } from "./cell";
import { bodyOf, type Values } from "./form-values";
import { RecordInput } from "./record-input";
import type { RecordField } from "./shape";

const common = { isNeeded: false, isStated: true };
const name: RecordField = { ...common, name: "name", kind: "text", isNeeded: true, max: 20 };
const count: RecordField = { ...common, name: "count", kind: "number", min: 0, max: 9 };
const keeper: RecordField = { ...common, name: "head", kind: "person" };
const language: RecordField = { ...common, name: "language", kind: "choice", of: "Language", isNeeded: true };
const active: RecordField = { ...common, name: "active", kind: "flag" };
const fields = [name, count, keeper, language, active];

const nobody = () => Promise.resolve(Response.json({ items: [], next_cursor: null }));

function show(element: ReactElement) {
  client.setConfig({ baseUrl: "http://127.0.0.1", fetch: nobody });
  render(
    <MemoryRouter>
      <QueryClientProvider client={new QueryClient()}>{element}</QueryClientProvider>
    </MemoryRouter>,
  );
}

afterEach(cleanup);

describe("the fields of a record", () => {
  it("are typed and chosen by what their kinds are, and sent when what is needed is there", async () => {
    const sent: Values[] = [];
    show(
      <Form<Values> onFinish={(values) => sent.push(bodyOf(fields, values))}>
        {fields.map((field) => (
          <RecordInput key={field.name} register={{}} field={field} texts="records:department" />
        ))}
        <Button htmlType="submit">ok</Button>
      </Form>,
    );
    const submit = () => userEvent.click(screen.getByRole("button", { name: "ok" }));
    await submit();
    expect(await screen.findAllByText("请填写此项")).toHaveLength(2);
    expect(sent).toEqual([]);
    await userEvent.type(screen.getByLabelText("部门名称"), " 磁带库 ");
    await userEvent.type(screen.getByRole("spinbutton"), "3");
    await userEvent.click(screen.getByRole("radio", { name: "英文" }));
    await userEvent.click(screen.getByRole("checkbox", { name: "启用" }));
    await submit();
    await expect.poll(() => sent).toEqual([{ name: "磁带库", count: 3, head: null, language: "en", active: true }]);
  });

  it("offer the words that the API takes, by their families", async () => {
    const sent: Values[] = [];
    const among = [
      { of: "NoticeGroup", word: "approvals", words: ["returned"] },
      { of: "NoticeGroup", word: "progress", words: ["suspended", "resumed"] },
    ] as const;
    const kinds: RecordField = { ...common, name: "kinds", kind: "choices", of: "NoticeKind", among };
    show(
      <Form<Values> onFinish={(values) => sent.push(bodyOf([kinds], values))}>
        <RecordInput register={{}} field={kinds} texts="records:robot" />
        <Button htmlType="submit">ok</Button>
      </Form>,
    );
    const boxesOf = (family: string) => within(screen.getByRole("group", { name: family })).getAllByRole("checkbox");
    expect(boxesOf("审批").map((box) => (box as HTMLInputElement).value)).toEqual(["returned"]);
    expect(boxesOf("进展").map((box) => (box as HTMLInputElement).value)).toEqual(["suspended", "resumed"]);
    await userEvent.click(screen.getByRole("checkbox", { name: "已恢复" }));
    await userEvent.click(screen.getByRole("button", { name: "ok" }));
    await expect.poll(() => sent).toEqual([{ kinds: ["resumed"] }]);
  });

  it("are shown in words", () => {
    const cells: [RecordField, string | number | boolean | null, string][] = [
      [name, "磁带库", "磁带库"],
      [count, 0, "0"],
      [keeper, null, "无"],
      [language, "en", "英文"],
      [active, false, "否"],
      [{ ...common, name: "at", kind: "timeOfDay" }, 0, "00:00"],
    ];
    for (const [field, value, words] of cells) {
      show(<Cell field={field} value={value} />);
      expect(document.body.textContent).toBe(words);
      cleanup();
    }
  });
});
