import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  delete document.documentElement.dataset["base"];
  vi.resetModules();
});

test("addresses stay as they are at the root of a host", async () => {
  const { basePath, below, withoutBase } = await import("./base-path");
  expect(basePath).toBe("");
  expect(below("/api/v1/setup")).toBe("/api/v1/setup");
  expect(withoutBase("/releases")).toBe("/releases");
});

test("below a path, addresses carry it and are known without it", async () => {
  document.documentElement.dataset["base"] = "/it/fabu";
  vi.resetModules();
  const { below, withoutBase } = await import("./base-path");
  expect(below("/api/v1/setup")).toBe("/it/fabu/api/v1/setup");
  expect(withoutBase("/it/fabu/releases")).toBe("/releases");
  expect(withoutBase("/it/fabulous")).toBe("/it/fabulous");
});
