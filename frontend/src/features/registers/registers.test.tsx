import { words } from "@/api/words";
import i18next from "i18next";
import { describe, expect, it } from "vitest";
import { customers } from "./customers";
import { departments } from "./departments";
import { configurationItems } from "./items/configuration-items";
import { deputies } from "./deputies/deputies";
import { freezeWindows } from "./freeze-windows/freeze-windows";
import { mediaLibrary } from "./media-library";
import { columnsOf } from "./register/columns";
import { filtersOf } from "./register/filters";
import { namingFields, nameOf, registerTexts, withinSentence } from "./register/shape";
import { registers } from "./registers.gen";
import { robots } from "./robots/robots";
import { schedules } from "./schedules/schedules";
import { serviceObjects } from "./service-objects";

const { t } = i18next;
const keys = (columns: { key: string }[]) => columns.map(({ key }) => key);

describe("the registers", () => {
  it("have the operations that the API's description gives them", () => {
    const all = [
      configurationItems,
      customers,
      departments,
      deputies,
      freezeWindows,
      mediaLibrary,
      robots,
      schedules,
      serviceObjects,
    ];
    expect(all.map(({ kind }) => kind).toSorted()).toEqual(Object.keys(registers).toSorted());
    for (const { kind, update, remove } of all) {
      const { operations } = registers[kind];
      expect({ kind, update: update !== undefined, remove: remove !== undefined }).toEqual({
        kind,
        update: operations.update !== null,
        remove: operations.delete !== null,
      });
    }
  });

  it("call a record by the needed texts that it begins with", () => {
    expect(nameOf("service_object", { code: "CBS", name: "核心业务系统" })).toBe("CBS 核心业务系统");
    expect(nameOf("customer", { name: "烟台某银行", contract: "HT-2026-018" })).toBe("烟台某银行");
    expect(namingFields("deputy")).toEqual([]);
  });

  it("have a column for each field that people state, then what is particular, then the state", () => {
    expect(keys(columnsOf(t, serviceObjects))).toEqual([
      "code",
      "name",
      "customer_id",
      "departments",
      "changes",
      "active",
    ]);
    expect(keys(columnsOf(t, robots))).toEqual(["name", "maker", "language", "kinds", "about", "deliveries", "active"]);
    expect(columnsOf(t, robots).find(({ key }) => key === "language")?.hidden).toBe(true);
    expect(columnsOf(t, customers).filter(({ fixed }) => fixed)).toHaveLength(1);
  });

  it("are filtered by the fields that their lists can be asked for", () => {
    const known = { customer: [{ id: "a", name: "烟台某银行", active: true }], department: [], serviceObject: [] };
    const filters = filtersOf(t, "service_object", known);
    expect(filters.map(({ key, kind, label }) => [key, kind, label])).toEqual([
      ["q", "text", "代码、名称"],
      ["customer_id", "choice", "客户"],
      ["active", "choice", "状态"],
    ]);
    expect(filters[1]).toMatchObject({ options: [{ value: "a", label: "烟台某银行" }] });
    expect(filtersOf(t, "deputy", known)).toEqual([]);
  });

  it("are called as the API's description calls them", () => {
    expect(registerTexts(t, "robot")).toMatchObject({ title: "群机器人", add: "新增群机器人" });
    expect(["Chat robot", "CI", "群机器人"].map(withinSentence)).toEqual(["chat robot", "CI", "群机器人"]);
  });

  it("choose only among words that have texts", () => {
    const chosen = Object.values(registers).flatMap(({ fields }) =>
      fields.flatMap((field) => ("of" in field ? [field.of] : [])),
    );
    expect(chosen.filter((name) => !(name in words))).toEqual([]);
  });
});
