import { downloadConfigurationItems } from "@/api/generated/sdk.gen";
import type { DownloadConfigurationItemsData } from "@/api/generated/types.gen";
import { today } from "@/lib/time";
import { saveBytes } from "@/ui/files/download";

export type TableFormat = "csv" | "xlsx";

type Query = NonNullable<DownloadConfigurationItemsData["query"]>;

/** What the address of the list filters by. */
export function filtersIn(search: string, filters: readonly string[]): Record<string, string> {
  const asked = new URLSearchParams(search);
  return Object.fromEntries(
    filters.flatMap((name) => {
      const value = asked.get(name);
      return value === null || value === "" ? [] : [[name, value]];
    }),
  );
}

/**
 * Hands the items that the filters leave to the browser as a table.
 * @throws ApiProblem or NoAnswer
 */
export async function saveTable(format: TableFormat, filters: Record<string, string>, name: string): Promise<void> {
  const { data } = await downloadConfigurationItems({
    // The description types the form as a word with members.
    query: { ...filters, format } as Query,
    parseAs: "blob",
    throwOnError: true,
  });
  saveBytes(data, `${name}-${today()}.${format}`);
}

/** The headings alone: the table of a search that nothing has the words of. */
export function saveTemplate(format: TableFormat, name: string): Promise<void> {
  return saveTable(format, { q: crypto.randomUUID() }, name);
}
