import { isContent, type Content, type Json } from "@/procedure/document/fields";
import { below, withValueAt } from "@/procedure/document/pointer";

/** A field that both sides changed in different ways. */
export interface Conflict {
  pointer: string;
  mine: Json | undefined;
  theirs: Json | undefined;
}

export interface Merged {
  /** Both sides' changes; where they exclude each other, mine. */
  content: Content;
  conflicts: Conflict[];
}

/**
 * Brings together what two people made of the same content.
 *
 * Rows with a `key` are matched by it, whatever their order; a row that one side removed and the other changed stays.
 */
export function merge(base: Content, mine: Content, theirs: Content): Merged {
  const conflicts: Conflict[] = [];
  const content = merged(base, mine, theirs, "", conflicts) as Content;
  return { content, conflicts };
}

/** The merged content with the other side's value in each of the named places. */
export function withTheirs({ content, conflicts }: Merged, pointers: ReadonlySet<string>): Content {
  return conflicts
    .filter(({ pointer }) => pointers.has(pointer))
    .reduce((at, { pointer, theirs }) => withValueAt(at, pointer, theirs ?? null), content);
}

export function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, at) => isSame(item, b[at]));
  if (!isContent(a) || !isContent(b)) return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => isSame(a[name], b[name]));
}

function merged(
  base: Json | undefined,
  mine: Json | undefined,
  theirs: Json | undefined,
  pointer: string,
  conflicts: Conflict[],
): Json | undefined {
  if (isSame(mine, theirs) || isSame(base, theirs)) return mine;
  if (isSame(base, mine)) return theirs;
  if (isContent(mine) && isContent(theirs)) {
    const from = isContent(base) ? base : {};
    const names = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])];
    const parts = names.map((name) => [
      name,
      merged(from[name], mine[name], theirs[name], below(pointer, name), conflicts),
    ]);
    return Object.fromEntries(parts.filter(([, value]) => value !== undefined)) as Content;
  }
  const [mineRows, theirRows] = [keyed(mine), keyed(theirs)];
  if (mineRows && theirRows)
    return rows(keyed(base) ?? new Map<string, Content>(), mineRows, theirRows, pointer, conflicts);
  conflicts.push({ pointer, mine, theirs });
  return mine;
}

type Rows = Map<string, Content>;

function rows(base: Rows, mine: Rows, theirs: Rows, pointer: string, conflicts: Conflict[]): Json[] {
  const out: Json[] = [];
  for (const key of new Set([...theirs.keys(), ...mine.keys()])) {
    const [was, my, their] = [base.get(key), mine.get(key), theirs.get(key)];
    const removed =
      was !== undefined && ((my === undefined && isSame(was, their)) || (their === undefined && isSame(was, my)));
    if (removed) continue;
    const row = my && their ? merged(was, my, their, below(pointer, out.length), conflicts) : (my ?? their);
    if (row !== undefined) out.push(row);
  }
  return out;
}

/** Rows by their keys; nothing for anything else, and for rows whose keys do not tell them apart. */
function keyed(value: Json | undefined): Rows | undefined {
  if (!Array.isArray(value)) return undefined;
  const found: Rows = new Map();
  for (const row of value) {
    const key = isContent(row) ? row["key"] : undefined;
    if (!isContent(row) || typeof key !== "string" || key === "" || found.has(key)) return undefined;
    found.set(key, row);
  }
  return found;
}
