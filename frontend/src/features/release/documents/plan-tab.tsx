import { Flex } from "antd";
import type { ReactElement } from "react";
import { DocumentPanels } from "./document-panels";
import { DocumentPart } from "./document-part";

/** The release plan (5.1, 5.2) with its review (5.3). */
export function Component(): ReactElement {
  return (
    <Flex vertical gap={16}>
      <DocumentPart kind="release_plan" />
      <DocumentPanels kind="release_plan" />
    </Flex>
  );
}
