import type { FieldProblem, Problem } from "@/api/generated/types.gen";
import { ApiProblem } from "@/api/problem";
import { render, waitFor } from "@testing-library/react";
import { Form, Input } from "antd";
import type { ReactElement } from "react";
import { describe, expect, it } from "vitest";
import { useProblemFields } from "./problem-fields";

const refusal = (...errors: [pointer: string, message: string][]): ApiProblem => {
  const fields: FieldProblem[] = errors.map(([pointer, message]) => ({ pointer, message, code: "field.invalid" }));
  const problem: Problem = {
    type: "about:blank",
    title: "invalid",
    status: 422,
    code: "request.invalid",
    request_id: "r",
    instance: "/",
    errors: fields,
  };
  return new ApiProblem(problem);
};

const known = ["/name", "/kinds", "/login"];

function Fields({ error }: { error: unknown }): ReactElement {
  const [form] = Form.useForm();
  const shown = useProblemFields(form, error, known);
  return (
    <Form form={form}>
      <Form.Item name="name">
        <Input />
      </Form.Item>
      <Form.Item name="kinds">
        <Input />
      </Form.Item>
      <Form.Item name="login">
        <div>
          <Form.Item name={["login", "token"]}>
            <Input />
          </Form.Item>
        </div>
      </Form.Item>
      <output>{shown.join(" ")}</output>
    </Form>
  );
}

/** Shows the form with an answer of the API; `said` waits until a field says this and nothing else. */
function show(error: unknown) {
  const { container, rerender } = render(<Fields error={error} />);
  const at = (id: string) =>
    [...container.querySelectorAll(`[id="${id}_help"] .ant-form-item-explain-error`)].map((line) => line.textContent);
  return {
    said: (id: string, messages: string[]) => waitFor(() => expect(at(id)).toEqual(messages)),
    shown: () => container.querySelector("output")?.textContent,
    again: (next: unknown) => rerender(<Fields error={next} />),
  };
}

describe("what the API says about fields", () => {
  it("stands at its field, everything about the same one together", async () => {
    const { said } = show(refusal(["/kinds", "not this"], ["/kinds", "nor that"], ["/name", "too long"]));
    await said("kinds", ["not this", "nor that"]);
    await said("name", ["too long"]);
  });

  it("stands at the field around it where there is none of its own", async () => {
    const { said } = show(refusal(["/kinds/3", "unknown"], ["/login", "missing"], ["/login/token", "blank"]));
    await said("kinds", ["unknown"]);
    await said("login", ["missing"]);
    await said("login_token", ["blank"]);
  });

  it("is left to others where the form has no such field", () => {
    const { shown } = show(refusal(["/name", "too long"], ["/active", "not now"]));
    expect(shown()).toBe("/name");
  });

  it("is gone when it is asked again", async () => {
    const { said, again } = show(refusal(["/name", "too long"]));
    await said("name", ["too long"]);
    again(null);
    await said("name", []);
  });
});
