import type { RobotView } from "@/api/generated/types.gen";
import { describe, expect, it } from "vitest";
import { valuesOf, type Values } from "../register/form-values";
import { requestOf } from "../register/register-dialog";
import { statedFields } from "../register/shape";
import { robots } from "./robots";

const robot: RobotView = {
  id: "0192f3c1-7b1e-7000-8000-000000000001",
  name: "发布群",
  maker: "dingtalk",
  base_url: null,
  language: "zh-CN",
  kinds: ["verdict"],
  customers: [],
  departments: ["0192f3c1-7b1e-7000-8000-000000000002"],
  signed: true,
  active: false,
  version: 3,
};

/** The form of the robot, with what was typed. */
const typed = (changed: Values): Values => ({ ...valuesOf(statedFields("robot"), robot), credentials: {}, ...changed });

const stated = (changed: Values) => requestOf(robots, typed(changed));

describe("what is stated about a robot", () => {
  it("is what it was when nothing is typed, without what it speaks with", () => {
    const { id, signed, version, ...request } = robot;
    expect([id, signed, version]).toHaveLength(3);
    expect(stated({})).toEqual({ ...request, credentials: null });
    expect(stated({ credentials: { token: " ", secret: "" } }).credentials).toBeNull();
  });

  it("names another address only where one is given", () => {
    expect(stated({ base_url: " " }).base_url).toBeNull();
    expect(stated({ base_url: " https://chat.example.cn " }).base_url).toBe("https://chat.example.cn");
  });

  it("has the token and the secret as they were pasted, without the spaces around", () => {
    expect(stated({ credentials: { token: " 6f2c\n", secret: "SEC1 " } }).credentials).toEqual({
      token: "6f2c",
      secret: "SEC1",
    });
    expect(stated({ credentials: { token: "6f2c" } }).credentials).toEqual({ token: "6f2c", secret: null });
  });

  it("does not hide a secret without a token from the API, which says that the token is missing", () => {
    expect(stated({ credentials: { secret: "SEC1" } }).credentials).toEqual({ token: "", secret: "SEC1" });
  });
});
