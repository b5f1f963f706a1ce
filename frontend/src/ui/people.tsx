import { listUsersOptions, viewUserOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { Role, UserView } from "@/api/generated/types.gen";
import { useDepartments, usePersonName } from "@/api/registers";
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useEffect, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** The name of a person whom a record names by identity only. */
export function PersonName({ id }: { id: string | null | undefined }): ReactElement | null {
  const name = usePersonName(id);
  return id ? <span>{name ?? "…"}</span> : null;
}

interface Common {
  /** Given by the form's label. */
  id?: string;
  /** Only people who were granted one of these roles. */
  roles?: Role[];
  /** People who are not offered. */
  without?: readonly string[];
  placeholder?: string;
  "aria-label"?: string;
}

interface OneProps extends Common {
  value?: string | null;
  onChange?: (id: string | null) => void;
}

interface SeveralProps extends Common {
  value?: string[];
  onChange?: (ids: string[]) => void;
}

/** Chooses an active person by name or login. */
export function PersonSelect({ value, onChange, ...props }: OneProps): ReactElement {
  const { options, search, isSearching } = usePeople(props, value ? [value] : []);
  const { t } = useTranslation();
  return (
    <Select
      id={props.id}
      aria-label={props["aria-label"]}
      value={value ?? undefined}
      options={options}
      allowClear
      placeholder={props.placeholder ?? t("people:choose")}
      loading={isSearching}
      showSearch={{ filterOption: false, onSearch: search }}
      notFoundContent={t(props.roles === undefined ? "people:nobody" : "people:nobodyEntitled")}
      onChange={(id: string | undefined) => onChange?.(id ?? null)}
    />
  );
}

/** Chooses several active people by name or login. */
export function PeopleSelect({ value = [], onChange, ...props }: SeveralProps): ReactElement {
  const { options, search, isSearching } = usePeople(props, value);
  const { t } = useTranslation();
  return (
    <Select
      mode="multiple"
      id={props.id}
      aria-label={props["aria-label"]}
      value={value}
      options={options}
      allowClear
      placeholder={props.placeholder ?? t("people:choose")}
      loading={isSearching}
      showSearch={{ filterOption: false, onSearch: search }}
      notFoundContent={t(props.roles === undefined ? "people:nobody" : "people:nobodyEntitled")}
      onChange={onChange}
    />
  );
}

interface Found {
  options: { value: string; label: string }[];
  search: (text: string) => void;
  isSearching: boolean;
}

/** Those whom the API finds for the typed text, and those who are chosen already. */
function usePeople({ roles, without = [] }: Common, chosen: readonly string[]): Found {
  const [typed, search] = useState("");
  const q = useSettled(typed.trim());
  const departments = useDepartments();
  const found = useQuery({
    ...listUsersOptions({ query: { active: true, limit: 50, ...(roles && { role: roles }), ...(q !== "" && { q }) } }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const known = found.data?.items ?? [];
  const missing = chosen.filter((id) => !known.some((user) => user.id === id));
  const others = useQueries({
    queries: missing.map((id) => ({ ...viewUserOptions({ path: { id } }), staleTime: 300_000 })),
    combine: (results) => results.flatMap(({ data }) => (data === undefined ? [] : [data])),
  });
  const department = ({ department_id }: UserView) => departments.data?.find(({ id }) => id === department_id)?.name;
  const label = (user: UserView) => [user.name, department(user) ?? user.position ?? user.login].join(" · ");
  return {
    options: [...others, ...known]
      .filter(({ id }) => !without.includes(id) || chosen.includes(id))
      .map((user) => ({ value: user.id, label: label(user) })),
    search,
    isSearching: found.isFetching,
  };
}

/** What was typed, once the typing has stopped. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 250);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
