/** Somebody closed the dialog that asks for the password again. */
export class NotConfirmed extends Error {
  constructor() {
    super("not confirmed");
    this.name = "NotConfirmed";
  }
}

type Question = { answer: (confirmed: boolean) => void };

/** The question for the password that an operation needs entered again; the shell shows it. */
class Reauthentication {
  #question: Question | undefined;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly isAsking = (): boolean => this.#question !== undefined;

  /**
   * Asks for the password again.
   * @throws NotConfirmed when the person thinks better of it.
   */
  ask(): Promise<void> {
    this.#question?.answer(false);
    return new Promise<void>((resolve, reject) => {
      this.#question = {
        answer: (confirmed) => {
          this.#question = undefined;
          this.#tell();
          if (confirmed) resolve();
          else reject(new NotConfirmed());
        },
      };
      this.#tell();
    });
  }

  /** The dialog's answer: the password was right, or the dialog was closed. */
  answer(confirmed: boolean): void {
    this.#question?.answer(confirmed);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

export const reauthentication = new Reauthentication();
