import { gather } from "./gather";

export const catalogue = gather(
  import.meta.glob<Record<string, unknown>>("./zh-CN/*.json", { eager: true, import: "default" }),
);
