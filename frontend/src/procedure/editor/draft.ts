import { ApiProblem, NoAnswer } from "@/api/problem";
import { isContent, type Content, type Json } from "@/procedure/document/fields";
import { isSame, merge, withTheirs, type Merged } from "./merge";
import { withValueAt } from "@/procedure/document/pointer";

/** Saved this long after the last key, in milliseconds. */
export const saveAfter = 3_000;
/** Tried again this long after the server did not answer. */
export const retryAfter = 15_000;

/** A document as the API holds it. */
export interface Served {
  content: Content;
  version: number;
}

/** What has not reached the server: kept in the browser, so that closing the page loses nothing. */
export interface LocalCopy {
  base: Served;
  content: Content;
}

/** What a draft needs from outside. */
export interface DraftOutside {
  /** Saves the whole content; the version is what was last seen. */
  save: (content: Content, version: number) => Promise<Served>;
  /** The document as it is now. */
  load: () => Promise<Served>;
  readCopy: () => LocalCopy | undefined;
  keepCopy: (copy: LocalCopy) => void;
  dropCopy: () => void;
}

export type SaveState =
  /** All is on the server. */
  | "saved"
  /** Something is typed and will be saved in a moment. */
  | "typed"
  | "saving"
  /** The server does not answer; what is typed is kept in the browser. */
  | "offline"
  /** The server said no. */
  | "refused"
  /** Somebody else saved in between, in the same fields. */
  | "conflict";

export interface DraftState {
  content: Content;
  save: SaveState;
  /** Why the server said no. */
  error: unknown;
  /** What both changed. */
  merged: Merged | undefined;
  /** True when something was found that had not reached the server. */
  isRestored: boolean;
}

/** What somebody is writing: saved by itself, kept when there is no network, brought together with what others save. */
export class Draft {
  #state: DraftState;
  #base: Served;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  readonly #outside: DraftOutside;
  readonly #listeners = new Set<() => void>();

  constructor(served: Served, outside: DraftOutside) {
    this.#outside = outside;
    this.#base = served;
    this.#state = { content: served.content, save: "saved", error: null, merged: undefined, isRestored: false };
    const copy = outside.readCopy();
    if (copy !== undefined && !isSame(copy.content, served.content)) this.#restore(copy, served);
    else outside.dropCopy();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): DraftState => this.#state;

  /** Enters a value; it is saved when nothing more is typed. */
  readonly set = (pointer: string, value: Json): void => {
    this.#type(withValueAt(this.#state.content, pointer, value));
  };

  /** Takes over what the server has now, unless something typed has not been saved. */
  adopt(served: Served): void {
    if (served.version <= this.#base.version || this.#state.save !== "saved") return;
    this.#base = served;
    this.#become({ content: served.content });
  }

  /** Saves now what is typed, and waits until it is there. False when it could not be saved. */
  async flush(): Promise<boolean> {
    if (this.#running) await this.#running;
    if (this.#state.save !== "saved" && this.#state.save !== "conflict") await this.#save();
    return this.#state.save === "saved";
  }

  /** Throws away what has not reached the server. */
  discard(): void {
    clearTimeout(this.#timer);
    this.#outside.dropCopy();
    this.#become({ content: this.#base.content, save: "saved", error: null, merged: undefined, isRestored: false });
  }

  /** Decides the fields that both changed: theirs in the named places, mine in the others. */
  resolve(theirs: ReadonlySet<string>): void {
    const { merged, content } = this.#state;
    if (merged === undefined) return;
    this.#become({ merged: undefined });
    this.#type(withTheirs({ ...merged, content }, theirs), 0);
  }

  /** Saves what is typed when the page is left; the copy in the browser stays until the server has it. */
  stop(): void {
    if (this.#state.save === "typed") void this.#save();
    clearTimeout(this.#timer);
  }

  #restore(copy: LocalCopy, served: Served): void {
    this.#base = copy.base;
    this.#become({ content: copy.content, isRestored: true });
    this.#take(merge(copy.base.content, copy.content, served.content), served);
  }

  #type(content: Content, after = saveAfter): void {
    // What is typed before the conflict is decided waits for that.
    if (this.#state.merged !== undefined) {
      this.#become({ content });
      return;
    }
    this.#outside.keepCopy({ base: this.#base, content });
    this.#become({ content, save: "typed", error: null });
    this.#schedule(after);
  }

  #schedule(after: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), after);
  }

  #save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#running ??= this.#send().finally(() => {
      this.#running = undefined;
      if (this.#state.save === "typed") this.#schedule(saveAfter);
    });
    return this.#running;
  }

  async #send(): Promise<void> {
    const sent = this.#state.content;
    this.#become({ save: "saving" });
    try {
      const { version } = await this.#outside.save(sent, this.#base.version);
      this.#base = { content: sent, version };
      if (this.#state.content === sent) {
        this.#outside.dropCopy();
        this.#become({ save: "saved", error: null, isRestored: false });
      } else {
        this.#outside.keepCopy({ base: this.#base, content: this.#state.content });
        this.#become({ save: "typed" });
      }
    } catch (error) {
      await this.#failed(error);
    }
  }

  async #failed(error: unknown): Promise<void> {
    if (error instanceof NoAnswer) {
      this.#become({ save: "offline" });
      this.#schedule(retryAfter);
    } else if (error instanceof ApiProblem && error.isStale) {
      try {
        const served = await this.#outside.load();
        this.#take(merge(this.#base.content, this.#state.content, served.content), served);
      } catch (again) {
        await this.#failed(again);
      }
    } else {
      this.#become({ save: "refused", error });
    }
  }

  /** Goes on from what the server has, with what is typed on top of it. */
  #take(merged: Merged, served: Served): void {
    const base = this.#base;
    this.#base = served;
    if (merged.conflicts.length === 0) {
      this.#type(merged.content);
    } else {
      clearTimeout(this.#timer);
      // Kept on what both began with: whoever closes the page now is asked again, and overwrites nothing unseen.
      this.#outside.keepCopy({ base, content: this.#state.content });
      this.#become({ content: merged.content, merged, save: "conflict" });
    }
  }

  #become(change: Partial<DraftState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

export function isLocalCopy(value: unknown): value is LocalCopy {
  if (typeof value !== "object" || value === null || !("base" in value) || !("content" in value)) return false;
  const { base, content } = value as { base: unknown; content: Json };
  return (
    isContent(content) &&
    typeof base === "object" &&
    base !== null &&
    "content" in base &&
    "version" in base &&
    typeof base.version === "number"
  );
}
