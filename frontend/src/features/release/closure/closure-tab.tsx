import { Flex } from "antd";
import type { ReactElement } from "react";
import { DocumentPanels } from "../documents/document-panels";
import { DocumentPart } from "../documents/document-part";
import { Archive } from "./archive";
import { Outcome } from "./outcome";

/** How the release ended, what it leaves (5.10), and the release report (5.11). */
export function Component(): ReactElement {
  return (
    <Flex vertical gap={16}>
      <Outcome />
      <Archive />
      <DocumentPart kind="release_report" />
      <DocumentPanels kind="release_report" />
    </Flex>
  );
}
