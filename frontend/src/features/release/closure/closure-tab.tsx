import { isMoot } from "@/procedure/commands";
import { findAction, useReleasePage } from "@/procedure/release-page";
import { Flex } from "antd";
import type { ReactElement } from "react";
import { DocumentPanels } from "../documents/document-panels";
import { DocumentPart } from "../documents/document-part";
import { Archive } from "./archive";
import { Outcome } from "./outcome";

/** How the release ended, what it leaves (5.10), the review of one that failed (3.5), and the release report (5.11). */
export function Component(): ReactElement {
  const { release } = useReleasePage();
  const review = findAction(release, "save_draft", "failure_review");
  const isReviewed =
    release.documents.some(({ kind }) => kind === "failure_review") || (review !== undefined && !isMoot(review));
  return (
    <Flex vertical gap={16}>
      <Outcome />
      <Archive />
      {isReviewed && <DocumentPart kind="failure_review" />}
      <DocumentPart kind="release_report" />
      <DocumentPanels kind="release_report" />
    </Flex>
  );
}
