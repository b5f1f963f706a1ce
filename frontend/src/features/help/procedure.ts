import type { Chapter } from "@/api/generated/types.gen";

/** A list item with the place that leads to it. */
export interface Item {
  anchor: string | undefined;
  text: string;
}

/** A part of the procedure's text. */
export type Block =
  | { kind: "heading"; level: number; anchor: string | undefined; text: string }
  | { kind: "list"; items: Item[] }
  | { kind: "table"; rows: string[][] }
  | { kind: "text"; text: string };

/** The roles of clause 4, as clauses about their duties are named: `RA1` is the first duty of the second role. */
const roles = ["RO", "RA", "RT"];

/** A version's chapters as one text. */
export function textOf(chapters: readonly Chapter[]): string {
  return chapters.map(({ heading = "", text = "" }) => `## ${heading}\n${text}`).join("\n");
}

/** The company's procedure, in its own words, with a place for every clause. */
export function parseProcedure(text: string): Block[] {
  const blocks: Block[] = [];
  let clause: string | undefined;
  let role = 0;
  for (const line of text.split("\n").map((part) => part.trim())) {
    const last = blocks.at(-1);
    const heading = /^(#+) (?:(\d+(?:\.\d+)*)\.? )?(.+)$/.exec(line);
    const item = /^(?:- )?(\d+)\. ?(.+)$/.exec(line);
    if (line === "") continue;
    if (heading !== null) {
      const [, marks = "", number, title = ""] = heading;
      if (number !== undefined) clause = number;
      else if (clause === "4") clause = roles[role++] ?? clause;
      else if (roles.includes(clause ?? "")) clause = roles[role++] ?? clause;
      const anchor = clause === undefined ? undefined : `clause-${clause}`;
      blocks.push({
        kind: "heading",
        level: marks.length,
        anchor,
        text: number === undefined ? title : `${number} ${title}`,
      });
    } else if (item !== null) {
      const [, n = "", words = ""] = item;
      const anchor = clause === undefined ? undefined : `clause-${clause}${roles.includes(clause) ? "" : "."}${n}`;
      const entry = { anchor, text: words };
      if (last?.kind === "list") last.items.push(entry);
      else blocks.push({ kind: "list", items: [entry] });
    } else if (line.includes("\t")) {
      const row = line.split("\t");
      if (last?.kind === "table") last.rows.push(row);
      else blocks.push({ kind: "table", rows: [row] });
    } else {
      blocks.push({ kind: "text", text: line });
    }
  }
  return blocks;
}

/** Every place of the text. */
export function anchorsOf(blocks: readonly Block[]): Set<string> {
  return new Set(
    blocks.flatMap((block) => {
      if (block.kind === "heading") return block.anchor ?? [];
      return block.kind === "list" ? block.items.flatMap(({ anchor }) => anchor ?? []) : [];
    }),
  );
}

/**
 * The place for a clause as the API names it. Finer parts than the text has (`5.3a`) lead to the clause they belong to; what is
 * no clause of the procedure leads nowhere.
 */
export function placeOf(clause: string, anchors: ReadonlySet<string>): string | undefined {
  let name = clause.replace(/^4\.(?=R[OAT])/, "");
  while (name !== "") {
    if (anchors.has(`clause-${name}`)) return `clause-${name}`;
    name = /[a-z]$/.test(name) ? name.slice(0, -1) : name.includes(".") ? name.replace(/\.[^.]*$/, "") : "";
  }
  return undefined;
}
