import { downloadAttachment } from "@/api/generated/sdk.gen";

/** Fetches a file of a release, with the reader's rights, and hands it to the browser to be saved. */
export async function saveAttachment(number: string, id: string, fileName: string): Promise<void> {
  const { data } = await downloadAttachment({ path: { number, id }, parseAs: "blob", throwOnError: true });
  // The description calls it a text; asked for as above it is the bytes.
  const address = URL.createObjectURL(data as unknown as Blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
