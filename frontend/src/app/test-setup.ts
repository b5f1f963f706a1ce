import { startLanguage } from "@/lib/language";
import { beforeAll } from "vitest";

beforeAll(async () => {
  await startLanguage("zh-CN");
});
