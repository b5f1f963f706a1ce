import { useMeQuery } from "./me";
import { whose } from "./words.gen";

/** An operation outside releases that is a matter of roles. */
export type PermittedOperation = keyof typeof whose;

export function isPermittedOperation(operation: string): operation is PermittedOperation {
  return operation in whose;
}

/**
 * Whether the reader may do this, as `/me` says; nothing while that is being asked. When it cannot be had, the button is
 * there: the API decides in any case.
 */
export function usePermitted(operation: PermittedOperation): boolean | undefined {
  const { data, isPending } = useMeQuery();
  return isPending ? undefined : (data?.permissions.includes(operation) ?? true);
}
