import { matchRoutes } from "react-router";
import { describe, expect, it } from "vitest";
import { apiPage } from "./api-page";
import { paths } from "./paths";

const numbers = ["REL-2026-0007", "HIST-No/7 a", "HIST-a#b", "HIST-a?b=c", "HIST-0.1.0", "HIST-50%", "HIST-发布 1"];
const routes = [{ path: "/releases/:number" }, { path: "/releases/:number/plan" }];

/** The number of the release that an address leads to, as the router reads it. */
function numberAt(path: string): string | undefined {
  const address = new URL(path, "http://localhost");
  expect(address.search + address.hash).toBe("");
  return matchRoutes(routes, address.pathname)?.at(-1)?.params["number"];
}

describe("an address made of data", () => {
  it.each(numbers)("leads to the release %s and back", (number) => {
    expect(numberAt(paths.release(number))).toBe(number);
    expect(numberAt(paths.releaseTab(number, "plan"))).toBe(number);
  });

  it("is the same when the API names it", () => {
    expect(apiPage("/api/v1/releases/HIST-No%2F7%20a/documents/release_plan")).toBe("/releases/HIST-No%2F7%20a/plan");
    expect(apiPage("/api/v1/releases/REL-2026-0007#/approvals")).toBe("/releases/REL-2026-0007/approvals");
  });
});
