import { useMe } from "@/api/me";
import { viewDocumentOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { DocumentKind, DocumentView } from "@/api/generated/types.gen";
import { Loaded, Loading } from "@/ui/page-states";
import { findAction, useReleasePage } from "@/procedure/release-page";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { DocumentEditing } from "./document-editing";
import { DocumentReading } from "./document-reading";

/** A document of the release: to be written by whoever may, to be read by everybody else. */
export function DocumentPart({ kind }: { kind: DocumentKind }): ReactElement {
  const { release } = useReleasePage();
  const me = useMe();
  const document = useQuery(viewDocumentOptions({ path: { number: release.number, kind } }));
  const save = findAction(release, "save_draft", kind);
  return (
    <Loaded query={document} rows={12}>
      {(loaded: DocumentView) => {
        if (save?.allowed !== true) return <DocumentReading document={loaded} />;
        if (me === undefined) return <Loading rows={12} />;
        return <DocumentEditing key={`${release.number} ${kind} ${me.id}`} document={loaded} me={me.id} />;
      }}
    </Loaded>
  );
}
