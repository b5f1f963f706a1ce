import type { Role, Stage } from "./generated/types.gen";
import { words } from "./words.gen";

export { words } from "./words.gen";

/** An enum that people read the words of. */
export type WordEnum = keyof typeof words;

/** Stages in which something is still to be done, in the order of the procedure. */
export const stagesUnderWay: Stage[] = words.Stage.filter((stage) => stage !== "completed" && stage !== "cancelled");

/** The roles that every release names: the first six, in the order of the procedure. */
export const teamRoles: readonly Role[] = words.Role.slice(0, 6);
