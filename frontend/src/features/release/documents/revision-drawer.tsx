import { compareRevisionsOptions, viewRevisionOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { DocumentKind, DocumentView } from "@/api/generated/types.gen";
import { Changes } from "@/procedure/document/changes";
import { DocumentReader } from "@/procedure/document/document-reader";
import { Loaded, Nothing } from "@/ui/page-states";
import { useReleasePage } from "@/procedure/release-page";
import { useQuery } from "@tanstack/react-query";
import { Drawer, Flex, Select } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useRevisionAddress } from "./revision-address";

/** One frozen revision, or what it changed since an older one. */
export function RevisionDrawer({ document }: { document: DocumentView }): ReactElement {
  const { t } = useTranslation();
  const { opened, open } = useRevisionAddress(document.kind);
  const older = document.revisions.filter(({ revision }) => revision < (opened?.revision ?? 0));
  return (
    <Drawer
      open={opened !== undefined}
      onClose={() => open(undefined)}
      size="large"
      title={opened && `${document.name} ${t("procedure:revision", { n: opened.revision })}`}
      destroyOnHidden
    >
      {opened && (
        <Flex vertical gap={16}>
          {older.length > 0 && (
            <Select
              aria-label={t("document:compare.with")}
              allowClear
              placeholder={t("document:compare.with")}
              value={opened.since}
              options={older.map(({ revision }) => ({
                value: revision,
                label: t("document:compare.since", { n: revision }),
              }))}
              onChange={(since: number | undefined) => open({ revision: opened.revision, since })}
            />
          )}
          {opened.since === undefined ? (
            <Whole kind={document.kind} revision={opened.revision} />
          ) : (
            <Since kind={document.kind} from={opened.since} to={opened.revision} />
          )}
        </Flex>
      )}
    </Drawer>
  );
}

function Whole({ kind, revision }: { kind: DocumentKind; revision: number }): ReactElement {
  const { release } = useReleasePage();
  const whole = useQuery(viewRevisionOptions({ path: { number: release.number, kind, revision } }));
  return (
    <Loaded query={whole}>{({ content }) => <DocumentReader kind={kind} content={content} release={release} />}</Loaded>
  );
}

function Since({ kind, from, to }: { kind: DocumentKind; from: number; to: number }): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const path = { number: release.number, kind };
  const comparison = useQuery(compareRevisionsOptions({ path, query: { from, to } }));
  return (
    <Loaded query={comparison}>
      {({ changes }) =>
        changes.length === 0 ? <Nothing text={t("document:same")} /> : <Changes kind={kind} changes={changes} />
      }
    </Loaded>
  );
}
