/** The path below which the pages and the API live: empty, or `/fabu`. The server writes it into the page. */
export const basePath: string = document.documentElement.dataset["base"] ?? "";

/** An address from the root of the instance, such as `/api/v1/setup`, as the browser asks for it. */
export function below(path: string): string {
  return basePath + path;
}

/** The path of an address without the base path: what pages and operations are known by. */
export function withoutBase(path: string): string {
  return path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
}
