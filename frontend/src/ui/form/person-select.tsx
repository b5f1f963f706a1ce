import { listUsersOptions, viewUserOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { PersonView, Role, UserView } from "@/api/generated/types.gen";
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Shared {
  id?: string;
  /** Only people who may be asked to do this. */
  role?: Role | undefined;
  /** Only these, instead of everybody with an active account. */
  among?: readonly PersonView[] | undefined;
  disabled?: boolean;
  placeholder?: string;
  "aria-label"?: string;
}

interface OneProps extends Shared {
  value?: string | null;
  onChange?: (id: string | undefined) => void;
}

interface ManyProps extends Shared {
  value?: readonly string[];
  onChange?: (ids: string[]) => void;
}

interface Choice {
  value: string;
  label: string;
}

/** Chooses one person, found by typing. A field of a form: its value is the person's id. */
export function PersonSelect({ id, value, onChange, role, among, disabled, ...rest }: OneProps): ReactElement {
  const { t } = useTranslation();
  const people = useChoices(role, among, value ? [value] : []);
  return (
    <Select
      {...(id !== undefined && { id })}
      aria-label={rest["aria-label"]}
      allowClear
      disabled={disabled ?? false}
      showSearch={{ onSearch: people.search, filterOption: among === undefined ? false : matches }}
      loading={people.isLoading}
      value={value ?? undefined}
      options={people.choices}
      placeholder={rest.placeholder ?? t("form:person")}
      notFoundContent={t("form:nobody")}
      onChange={(chosen: string | undefined) => onChange?.(chosen)}
      style={{ width: "100%", minWidth: 160 }}
    />
  );
}

/** Chooses several people. Its value is the list of their ids. */
export function PeopleSelect({ id, value = [], onChange, role, among, disabled, ...rest }: ManyProps): ReactElement {
  const { t } = useTranslation();
  const people = useChoices(role, among, value);
  return (
    <Select
      {...(id !== undefined && { id })}
      aria-label={rest["aria-label"]}
      mode="multiple"
      disabled={disabled ?? false}
      showSearch={{ onSearch: people.search, filterOption: among === undefined ? false : matches }}
      loading={people.isLoading}
      value={[...value]}
      options={people.choices}
      placeholder={rest.placeholder ?? t("form:people")}
      notFoundContent={t("form:nobody")}
      onChange={(chosen: string[]) => onChange?.(chosen)}
      style={{ width: "100%", minWidth: 160 }}
    />
  );
}

function matches(typed: string, choice: Choice | undefined): boolean {
  return choice?.label.toLowerCase().includes(typed.trim().toLowerCase()) ?? false;
}

interface Choices {
  choices: Choice[];
  isLoading: boolean;
  search: (typed: string) => void;
}

/** People found by what is typed, and those who are chosen already, so that a name stands for each. */
function useChoices(
  role: Role | undefined,
  among: readonly PersonView[] | undefined,
  chosen: readonly string[],
): Choices {
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  const found = useQuery({
    ...listUsersOptions({ query: { active: true, limit: 100, ...(q !== "" && { q }), ...(role && { role: [role] }) } }),
    placeholderData: keepPreviousData,
    enabled: among === undefined,
  });
  const listed = among?.map(({ id, name }) => ({ value: id, label: name })) ?? found.data?.items.map(choiceOf) ?? [];
  const absent = chosen.filter((id) => !listed.some(({ value }) => value === id));
  const others = useQueries({
    queries: (found.isPending && among === undefined ? [] : absent).map((id) => ({
      ...viewUserOptions({ path: { id } }),
      staleTime: 60_000,
    })),
    combine: (answers) => answers.flatMap(({ data }) => (data ? [choiceOf(data)] : [])),
  });
  return { choices: [...listed, ...others], isLoading: among === undefined && found.isFetching, search: setTyped };
}

function choiceOf({ id, name, position }: UserView): Choice {
  return { value: id, label: position === null ? name : `${name} · ${position}` };
}
