import { expect, it } from "vitest";
import { shownMail } from "./shown-mail";

it("puts what a picture says in its place, and leaves the rest as it is", () => {
  const shown = shownMail(
    `<html><body><p style="color:red">A</p><img src="cid:rate@fabu" alt="7/8 in 2026Q3"></body></html>`,
  );
  expect(shown).not.toContain("<img");
  expect(shown).not.toContain("cid:");
  expect(shown).toContain("7/8 in 2026Q3");
  expect(shown).toContain(`<p style="color:red">A</p>`);
});
