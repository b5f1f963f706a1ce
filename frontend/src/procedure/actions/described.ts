import { commandShapes } from "@/api/commands.gen";
import type { CommandName } from "@/api/generated/types.gen";
import { keyOf, type ActionForm, type Field } from "./field";

/** How an action is asked for. What its fields must and may hold, the API says. */
export type Row = Omit<ActionForm, "version">;

/** The form of a command: its row, completed by what the description says of the command. */
export function formOf(name: CommandName, row: Row): ActionForm {
  const { version = "none", path = [], required = [], words = {}, states } = commandShapes[name] ?? {};
  const completed = (field: Field): Field => {
    const key = keyOf(field);
    const word = words[key];
    const isSubject = field.kind === "task" || field.kind === "configuration-change";
    return {
      ...field,
      ...(path.includes(key) && { in: "path" as const }),
      ...((path.includes(key) || required.includes(key)) && { required: true }),
      ...(field.kind === "word" && word !== undefined && { words: word }),
      ...(isSubject && states !== undefined && { states }),
    };
  };
  return { ...row, version, fields: row.fields.map(completed) };
}

/** The commands that a task in this state can be the subject of. */
export function commandsOfTask(state: string): CommandName[] {
  const commands = Object.entries(commandShapes) as [CommandName, (typeof commandShapes)[CommandName]][];
  return commands
    .filter(([, shape]) => shape?.version === "task" && shape.states?.includes(state))
    .map(([name]) => name);
}
