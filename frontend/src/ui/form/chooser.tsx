import { Select } from "antd";
import type { ReactElement } from "react";

export interface Choice {
  value: string;
  label: string;
}

interface Shared {
  id?: string;
  choices: readonly Choice[];
  loading?: boolean;
}

interface OneProps extends Shared {
  value?: string | null;
  onChange?: (value: string | undefined) => void;
}

/** Chooses one of some words or things. A field of a form: its value is that of the choice. */
export function Chooser({ id, choices, loading = false, value, onChange }: OneProps): ReactElement {
  return (
    <Select
      {...(id !== undefined && { id })}
      allowClear
      loading={loading}
      value={value ? value : undefined}
      options={withUnknown(choices, value ? [value] : [])}
      showSearch={choices.length > 8 ? { optionFilterProp: "label" } : false}
      style={{ width: "100%" }}
      onChange={(chosen: string | undefined) => onChange?.(chosen)}
    />
  );
}

interface ManyProps extends Shared {
  value?: readonly string[];
  onChange?: (value: string[]) => void;
}

/** Chooses any number of them. Its value is the list of theirs. */
export function ManyChooser({ id, choices, loading = false, value = [], onChange }: ManyProps): ReactElement {
  return (
    <Select
      {...(id !== undefined && { id })}
      mode="multiple"
      loading={loading}
      value={[...value]}
      options={withUnknown(choices, value)}
      showSearch={{ optionFilterProp: "label" }}
      style={{ width: "100%" }}
      onChange={(chosen: string[]) => onChange?.(chosen)}
    />
  );
}

/** What is entered stays visible when it is not among the choices any more. */
function withUnknown(choices: readonly Choice[], values: readonly string[]): Choice[] {
  const unknown = values.filter((value) => !choices.some((choice) => choice.value === value));
  return [...choices, ...unknown.map((value) => ({ value, label: value }))];
}
