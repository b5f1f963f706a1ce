import { usePersonName } from "@/api/registers";
import type { ReactElement } from "react";

/** The name of a person whom a record names by identity only. */
export function PersonName({ id }: { id: string | null | undefined }): ReactElement | null {
  const name = usePersonName(id);
  return id ? <span>{name ?? "…"}</span> : null;
}
