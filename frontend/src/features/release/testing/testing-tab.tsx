import { useReleasePage } from "@/procedure/release-page";
import { When } from "@/ui/when";
import { Alert, Flex } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { DocumentPanels } from "../documents/document-panels";
import { DocumentPart } from "../documents/document-part";
import { Cases } from "./cases";
import { Units } from "./units";

/** Test and acceptance (5.4): what is tested, how it went, the report, what the customer said. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const received = release.test_report_received;
  return (
    <Flex vertical gap={16}>
      <Units />
      <Cases />
      {received && (
        <Alert
          type="success"
          showIcon
          title={
            <span>
              {t("testing:received", { name: received.by.name })} <When at={received.at} />
            </span>
          }
        />
      )}
      <DocumentPart kind="test_report" />
      <DocumentPanels kind="test_report" />
    </Flex>
  );
}
