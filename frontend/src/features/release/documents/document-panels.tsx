import type { DocumentKind } from "@/api/generated/types.gen";
import { ApprovalLine } from "@/procedure/approval-line";
import { useReleasePage } from "@/procedure/release-page";
import { Section } from "@/ui/section";
import { Flex } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** The panels that were asked about a document. */
export function DocumentPanels({ kind }: { kind: DocumentKind }): ReactElement | null {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const panels = release.approvals.filter(({ document }) => document === kind);
  if (panels.length === 0) return null;
  return (
    <Section title={t("release:approvals.title")}>
      <Flex vertical gap={12}>
        {panels.map((panel) => (
          <ApprovalLine key={panel.id} approval={panel} />
        ))}
      </Flex>
    </Section>
  );
}
