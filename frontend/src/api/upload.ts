import { below } from "@/lib/base-path";
import { currentLanguage } from "@/lib/language";
import type { AttachmentView, Problem } from "./generated/types.gen";
import { ApiProblem, NoAnswer } from "./problem";
import { session } from "./session";

/** The largest file that the API takes, in bytes. */
export const largestFile = 20 * 1024 * 1024;

/**
 * Attaches a file to a release and tells how much of it has gone: the one operation that the generated client cannot do,
 * because `fetch` does not say how far an upload is.
 * @throws ApiProblem or NoAnswer
 */
export async function uploadAttachment(
  number: string,
  file: File,
  onProgress: (percent: number) => void,
  /** Why it comes after the release was closed: it becomes a marked addendum (5.10). */
  reason?: string,
): Promise<AttachmentView> {
  const token = await session.token();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const place = reason === undefined ? "attachments" : "addenda";
    request.open("POST", below(`/api/v1/releases/${encodeURIComponent(number)}/${place}`));
    if (token !== undefined) request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.setRequestHeader("Accept-Language", currentLanguage());
    request.setRequestHeader("Idempotency-Key", crypto.randomUUID());
    request.upload.onprogress = ({ loaded, total }) => onProgress(Math.floor((100 * loaded) / Math.max(total, 1)));
    request.onerror = () => reject(new NoAnswer(request.statusText));
    request.onload = () => {
      const answer = parsed(request.responseText);
      // The server's own description: an AttachmentView with 201, a Problem otherwise.
      if (request.status === 201) resolve(answer as AttachmentView);
      else reject(answer === undefined ? new NoAnswer(request.statusText) : new ApiProblem(answer as Problem));
    };
    const form = new FormData();
    if (reason !== undefined) form.append("reason", reason);
    form.append("file", file);
    request.send(form);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
