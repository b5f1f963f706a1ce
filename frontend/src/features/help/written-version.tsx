import { ifMatch } from "@/api/command";
import { saveProcedureDraft, viewProcedureVersion } from "@/api/generated/sdk.gen";
import { viewProcedureVersionQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import type { ProcedureVersionView } from "@/api/generated/types.gen";
import type { Content } from "@/procedure/document/fields";
import { shapes } from "@/procedure/document/shapes.gen";
import type { Served } from "@/procedure/editor/draft";
import { WrittenDocument, type Writing } from "@/procedure/editor/written-document";
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useMemo, type ReactElement, type ReactNode } from "react";

interface Props {
  version: ProcedureVersionView;
  me: string;
  children: (writing: Writing) => ReactNode;
}

/** A version while its text is being written. */
export function WrittenVersion({ version, me, children }: Props): ReactElement {
  const queries = useQueryClient();
  const { label } = version;
  const io = useMemo(() => outside(queries, label), [queries, label]);
  const served = useMemo(() => servedOf(version), [version]);
  return (
    <WrittenDocument name={`draft.procedure.${label}.${me}`} shape={shapes.procedure_version} served={served} io={io}>
      {children}
    </WrittenDocument>
  );
}

function servedOf({ text, version }: ProcedureVersionView): Served {
  return { content: { ...text }, version };
}

/** Saving and reading the version; what the server answers is what the page shows of it from then on. */
function outside(queries: QueryClient, label: string) {
  const path = { version: label };
  const show = (version: ProcedureVersionView): Served => {
    queries.setQueryData(viewProcedureVersionQueryKey({ path }), version);
    return servedOf(version);
  };
  return {
    save: async (content: Content, version: number) => {
      const sent = { path, headers: ifMatch(version), body: { content } };
      const { data } = await saveProcedureDraft({ ...sent, throwOnError: true });
      return show(data);
    },
    load: async () => {
      const { data } = await viewProcedureVersion({ path, throwOnError: true });
      return show(data);
    },
  };
}
