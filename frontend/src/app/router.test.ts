import { describe, expect, it } from "vitest";
import { addresses, pages } from "./router";

interface Looked {
  path: string;
}

const lists = import.meta.glob<Looked[]>("../features/*/pages.json", { eager: true, import: "default" });

describe("the router", () => {
  it("has no page that the browser tests do not look at", () => {
    const looked = Object.values(lists).flat();
    const routes = [...new Set(looked.map(({ path }) => path))];
    expect(routes.sort()).toEqual(addresses.toSorted());
  });

  it("loads every page", async () => {
    for (const { path, lazy } of pages) {
      const { Component } = await lazy();
      expect({ path, kind: typeof Component }).toEqual({ path, kind: "function" });
    }
  });
});
