import { describe, expect, it } from "vitest";
import { choicesOf } from "./person-select";

describe("people to choose from", () => {
  it("tells two people of one name apart by their login", () => {
    const labels = choicesOf([
      { id: "1", name: "王芳", login: "wang.fang", position: "工程师" },
      { id: "2", name: "王芳", login: "wang.fang2", position: null },
      { id: "3", name: "李娜", login: "li.na", position: "经理" },
    ]).map(({ label }) => label);
    expect(labels).toEqual(["王芳 (wang.fang) · 工程师", "王芳 (wang.fang2)", "李娜 · 经理"]);
  });

  it("shows no login that the reader may not know", () => {
    expect(
      choicesOf([
        { id: "1", name: "王芳", login: null },
        { id: "2", name: "王芳" },
      ]),
    ).toEqual([
      { value: "1", label: "王芳" },
      { value: "2", label: "王芳" },
    ]);
  });
});
