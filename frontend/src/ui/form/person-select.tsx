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

/** Somebody to choose from; the login tells two people of one name apart. */
interface Candidate {
  id: string;
  name: string;
  login?: string | null;
  position?: string | null;
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
  const listed: Candidate[] = [...(among ?? found.data?.items ?? [])];
  const absent = chosen.filter((id) => !listed.some((person) => person.id === id));
  const unnamed = among === undefined ? [] : namesakes(among).map(({ id }) => id);
  const wanted = found.isPending && among === undefined ? [] : [...absent, ...unnamed];
  const looked = useQueries({
    queries: wanted.map((id) => ({ ...viewUserOptions({ path: { id } }), staleTime: 60_000 })),
    combine: (answers) => answers.flatMap(({ data }) => (data ? [data] : [])),
  });
  const whole = listed.map((person) => looked.find(({ id }) => id === person.id) ?? person);
  const others: UserView[] = looked.filter(({ id }) => absent.includes(id));
  const choices = choicesOf([...whole, ...others]);
  return { choices, isLoading: among === undefined && found.isFetching, search: setTyped };
}

/** Those whose name another one has as well. */
function namesakes<Person extends Candidate>(people: readonly Person[]): Person[] {
  return people.filter(({ id, name }) => people.some((other) => other.id !== id && other.name === name));
}

/** People as they stand in a list: with the position, and two of one name with the login as well. */
export function choicesOf(people: readonly Candidate[]): Choice[] {
  const alike = namesakes(people);
  return people.map((person) => {
    const login = alike.includes(person) && person.login ? ` (${person.login})` : "";
    return { value: person.id, label: `${person.name}${login}${person.position ? ` · ${person.position}` : ""}` };
  });
}
