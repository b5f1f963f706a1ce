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
export function useDepartments(): UseQueryResult<DepartmentView[]> {
  return useQuery({
    queryKey: ["every department"],
    staleTime,
    queryFn: ({ signal }) =>
      everything(
        async (cursor) => (await listDepartments({ query: { cursor, limit: 100 }, signal, throwOnError: true })).data,
      ),
  });
}

/** Every customer, active or not. */
export function useCustomers(): UseQueryResult<CustomerView[]> {
  return useQuery({
    queryKey: ["every customer"],
    staleTime,
    queryFn: ({ signal }) =>
      everything(
        async (cursor) => (await listCustomers({ query: { cursor, limit: 100 }, signal, throwOnError: true })).data,
      ),
  });
}

/** Every service object, active or not. */
export function useServiceObjects(): UseQueryResult<ServiceObjectView[]> {
  return useQuery({
    queryKey: ["every service object"],
    staleTime,
    queryFn: ({ signal }) =>
      everything(
        async (cursor) =>
          (await listServiceObjects({ query: { cursor, limit: 100 }, signal, throwOnError: true })).data,
      ),
  });
}

/** The name of a person whom a record names by identity only; nothing while it is being asked. */
export function usePersonName(id: string | null | undefined): string | undefined {
  const person = useQuery({ ...viewUserOptions({ path: { id: id ?? "" } }), enabled: Boolean(id), staleTime: 300_000 });
  return person.data?.name;
}
