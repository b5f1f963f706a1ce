import type { words } from "./words.gen";

export { procedure, words } from "./words.gen";

/** An enum that people read the words of. */
export type WordEnum = keyof typeof words;
