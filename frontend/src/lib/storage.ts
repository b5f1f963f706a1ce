/** Keeps small settings in the browser. A browser that refuses (private mode, full) only forgets them. */
export function keep(name: string, value: unknown): void {
  try {
    localStorage.setItem(`fabu.${name}`, JSON.stringify(value));
  } catch {
    // Nothing depends on it.
  }
}

/** What was kept under a name, when it has the expected form. */
export function kept<T>(name: string, isValid: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(`fabu.${name}`) ?? "null");
    return isValid(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Forgets what was kept under a name. */
export function forget(name: string): void {
  try {
    localStorage.removeItem(`fabu.${name}`);
  } catch {
    // As above.
  }
}
