import { gather } from "./gather";

export const catalogue = gather(
  import.meta.glob<Record<string, unknown>>("./en-US/*.json", { eager: true, import: "default" }),
);
