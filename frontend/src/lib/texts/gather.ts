/** Names each catalogue file after its namespace: `./zh-CN/releases.json` becomes `releases`. */
export function gather(files: Record<string, Record<string, unknown>>): Record<string, Record<string, unknown>> {
  return Object.fromEntries(Object.entries(files).map(([path, texts]) => [path.replace(/^.*\/|\.json$/g, ""), texts]));
}
