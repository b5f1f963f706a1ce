import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { viewUserOptions } from "./generated/@tanstack/react-query.gen";
import { listCustomers, listDepartments, listServiceObjects } from "./generated/sdk.gen";
import type { CustomerView, DepartmentView, ServiceObjectView } from "./generated/types.gen";

/** A part of a list as the API gives it. */
interface Part<T> {
  items: T[];
  next_cursor: string | null;
}

const staleTime = 60_000;

/** All parts of a list, one after the other: for registers of some hundred entries that are chosen from. */
export async function everything<T>(part: (cursor: string | undefined) => Promise<Part<T>>): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const { items, next_cursor } = await part(cursor);
    all.push(...items);
    cursor = next_cursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

/** Every department, active or not. */
export function useDepartments(enabled = true): UseQueryResult<DepartmentView[]> {
  return useQuery({
    queryKey: ["every department"],
    staleTime,
    enabled,
    queryFn: ({ signal }) =>
      everything(
        async (cursor) => (await listDepartments({ query: { cursor, limit: 100 }, signal, throwOnError: true })).data,
      ),
  });
}

/** Every customer, active or not. */
export function useCustomers(enabled = true): UseQueryResult<CustomerView[]> {
  return useQuery({
    queryKey: ["every customer"],
    staleTime,
    enabled,
    queryFn: ({ signal }) =>
      everything(
        async (cursor) => (await listCustomers({ query: { cursor, limit: 100 }, signal, throwOnError: true })).data,
      ),
  });
}

/** Every service object, active or not. */
export function useServiceObjects(enabled = true): UseQueryResult<ServiceObjectView[]> {
  return useQuery({
    queryKey: ["every service object"],
    staleTime,
    enabled,
    queryFn: ({ signal }) =>
      everything(
        async (cursor) =>
          (await listServiceObjects({ query: { cursor, limit: 100 }, signal, throwOnError: true })).data,
      ),
  });
}

/** A record as others refer to it. */
export interface Named {
  id: string;
  name: string;
  active: boolean;
}

/** The registers whose records others refer to by identity. */
export type NamedKind = "customer" | "department" | "service_object";

const none: Named[] = [];

/** Every record of a register, active or not; none while they are being asked for, or are not wanted. */
export function useRecords(kind: NamedKind, isWanted = true): readonly Named[] {
  const customers = useCustomers(isWanted && kind === "customer");
  const departments = useDepartments(isWanted && kind === "department");
  const objects = useServiceObjects(isWanted && kind === "service_object");
  return { customer: customers, department: departments, service_object: objects }[kind].data ?? none;
}

/** The name of a record by its identity; a sign that it is being asked for until then. */
export function useRecordNames(kind: NamedKind): (id: string) => string {
  const records = useRecords(kind);
  return (wanted) => records.find(({ id }) => id === wanted)?.name ?? "…";
}

/** The name of a person whom a record names by identity only; nothing while it is being asked. */
export function usePersonName(id: string | null | undefined): string | undefined {
  const person = useQuery({ ...viewUserOptions({ path: { id: id ?? "" } }), enabled: Boolean(id), staleTime: 300_000 });
  return person.data?.name;
}
