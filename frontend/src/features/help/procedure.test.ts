import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { anchorsOf, parseProcedure, placeOf } from "./procedure";

const blocks = parseProcedure(readFileSync("../crates/domain/src/subjects/procedure_version/v1.0.md", "utf8"));
const anchors = anchorsOf(blocks);

describe("the procedure's text", () => {
  it("has every chapter and every clause of chapter 5 in order", () => {
    const headings = blocks.flatMap((block) =>
      block.kind === "heading" && block.level < 4 ? [block.text.split(" ")[0]] : [],
    );
    const chapters = headings.filter((number) => /^\d+$/.test(number ?? ""));
    expect(chapters).toEqual(Array.from({ length: 12 }, (_, n) => String(n + 1)));
    const fifth = headings.filter((number) => number?.startsWith("5."));
    expect(fifth).toEqual(Array.from({ length: 11 }, (_, n) => `5.${n + 1}`));
  });

  it("has a place for duties, for parts of a clause and for what is finer than the text", () => {
    expect(placeOf("5.1.2", anchors)).toBe("clause-5.1.2");
    expect(placeOf("5.3a", anchors)).toBe("clause-5.3");
    expect(placeOf("4.RA1", anchors)).toBe("clause-RA1");
    expect(placeOf("RO1b", anchors)).toBe("clause-RO1");
    expect(placeOf("RT2", anchors)).toBe("clause-RT2");
    expect(placeOf("9.1a", anchors)).toBe("clause-9.1");
    expect(placeOf("D11", anchors)).toBeUndefined();
  });

  it("has a place for every clause that the stages and commands name", () => {
    const table = readFileSync("../docs/generated/lifecycle.md", "utf8");
    // Rows with a clause in the second column; the table of stages by commands has marks there.
    const clauses = [...table.matchAll(/^\| `\w+` [^|]*\| ([\dRD][^|]*) \|/gm)].map((match) => match[1]?.trim() ?? "");
    expect(clauses.length).toBeGreaterThan(30);
    const own = /^(D\d+|R0|RX)/;
    expect(clauses.filter((clause) => !own.test(clause) && placeOf(clause, anchors) === undefined)).toEqual([]);
  });
});
