import type { DocumentView } from "@/api/generated/types.gen";
import { DocumentReader } from "@/procedure/document/document-reader";
import { MissingList } from "@/procedure/editor/missing-list";
import { Nothing } from "@/ui/page-states";
import { Reasons } from "@/ui/reasons";
import { findAction, ReleaseAction, useReleasePage } from "@/procedure/release-page";
import { Section } from "@/ui/section";
import { Alert, Flex } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { DocumentFacts, PlanComparison, Revisions } from "./document-facts";
import { DocumentLayout } from "./document-layout";

/** A document for those who may not write it now: its content, whose it is, its revisions. */
export function DocumentReading({ document }: { document: DocumentView }): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const save = findAction(release, "save_draft", document.kind);
  return (
    <DocumentLayout
      document={
        document.state === "empty" ? (
          <Section title={document.name}>
            <Nothing text={t(`document:nothing.${document.kind}`)} />
          </Section>
        ) : (
          <DocumentReader kind={document.kind} content={document.content} release={release} />
        )
      }
      side={
        <>
          <Section title={document.name}>
            <Flex vertical gap={10}>
              <DocumentFacts document={document} />
              {save ? (
                <Reasons reasons={save.blocked_by} />
              ) : (
                <Alert type="info" showIcon title={t("document:notNow", { stage: release.stage.name })} />
              )}
              <Flex gap={8} wrap className="fabu-no-print">
                {document.kind === "release_plan" && <ReleaseAction name="revise_release_plan" />}
                {document.kind === "go_live_plan" && <ReleaseAction name="revise_go_live_plan" />}
              </Flex>
            </Flex>
          </Section>
          {document.state === "draft" && (
            <Section title={t("document:missing")}>
              <MissingList missing={document.missing} />
            </Section>
          )}
          <PlanComparison document={document} />
          <Revisions document={document} />
        </>
      }
    />
  );
}
