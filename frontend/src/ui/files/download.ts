import { downloadAttachment } from "@/api/generated/sdk.gen";

/** Fetches a file of a release, with the reader's rights, and hands it to the browser to be saved. */
export async function saveAttachment(number: string, id: string, fileName: string): Promise<void> {
  const { data } = await downloadAttachment({ path: { number, id }, parseAs: "blob", throwOnError: true });
  saveBytes(data, fileName);
}

/** Hands to the browser what was asked for with `parseAs: "blob"`, whatever the description calls it. */
export function saveBytes(bytes: unknown, fileName: string): void {
  if (!(bytes instanceof Blob)) throw new TypeError("an answer that is no file");
  const address = URL.createObjectURL(bytes);
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
