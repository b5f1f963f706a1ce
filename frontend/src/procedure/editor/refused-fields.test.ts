import { ApiProblem } from "@/api/problem";
import { describe, expect, it } from "vitest";
import { refusedByPointer } from "./refused-fields";

const problem = (errors: { pointer: string; code: string; message: string }[]) =>
  new ApiProblem({
    type: "urn:fabu:problem:request.invalid_fields",
    title: "有字段无效",
    status: 422,
    code: "request.invalid_fields",
    request_id: "1",
    instance: "/",
    errors,
  });

describe("a refused draft", () => {
  it("is marked at the field that the pointer names", () => {
    const long = { code: "field.too_long", message: "最多 20000 个字符，现有 20001 个" };
    const error = problem([
      { pointer: "/content/steps/0/title", ...long },
      { pointer: "/other", ...long },
    ]);
    expect([...refusedByPointer(error)]).toEqual([["/steps/0/title", long.message]]);
    expect(refusedByPointer(new Error("x")).size).toBe(0);
  });
});
