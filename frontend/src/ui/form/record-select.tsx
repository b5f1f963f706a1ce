import { useRecords, type Named, type NamedKind } from "@/api/registers";
import type { ReactElement } from "react";
import { Chooser, ManyChooser, type Choice } from "./chooser";

interface OneProps {
  /** The register whose records are offered: those in use, and what is chosen already. */
  kind: NamedKind;
  id?: string;
  value?: string | null;
  onChange?: (id: string | undefined) => void;
}

interface ManyProps extends Pick<OneProps, "kind" | "id"> {
  value?: readonly string[];
  onChange?: (ids: string[]) => void;
}

/** Chooses a customer, a department or an object under service. A field of a form: its value is the record's id. */
export function RecordSelect({ kind, ...given }: OneProps): ReactElement {
  const records = useRecords(kind);
  return <Chooser {...given} choices={offered(records, given.value ? [given.value] : [])} />;
}

/** Chooses several. Its value is the list of their ids. */
export function RecordsSelect({ kind, ...given }: ManyProps): ReactElement {
  const records = useRecords(kind);
  return <ManyChooser {...given} choices={offered(records, given.value ?? [])} />;
}

function offered(records: readonly Named[], chosen: readonly string[]): Choice[] {
  return records
    .filter(({ id, active }) => active || chosen.includes(id))
    .map(({ id, name }) => ({ value: id, label: name }));
}
