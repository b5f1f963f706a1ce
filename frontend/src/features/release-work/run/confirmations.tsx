import type { ReleaseView, RunSheetView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { ApprovalStateTag, Votes } from "@/procedure/approval-card";
import { Section } from "@/ui/section";
import { Flex } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** Who has confirmed which phase, and who is awaited (5.8). */
export function Confirmations({ release, sheet }: { release: ReleaseView; sheet: RunSheetView }): ReactElement | null {
  const { t } = useTranslation();
  const asked = sheet.phases.flatMap(({ key, confirmation }) => {
    const approval = release.approvals.find(({ id }) => id === confirmation?.approval_id);
    return approval ? [{ key, approval }] : [];
  });
  if (asked.length === 0) return null;
  return (
    <Section title={t("run:confirmations")}>
      <Flex vertical gap={10}>
        {asked.map(({ key, approval }) => (
          <Flex key={key} vertical gap={4}>
            <Flex gap={8} justify="space-between">
              <Link to={paths.approval(approval.id)}>
                {key === "full" ? t("actions:fullPhase") : t("work:phase", { phase: key })}
              </Link>
              <ApprovalStateTag state={approval.state} />
            </Flex>
            <Votes members={approval.members} />
          </Flex>
        ))}
      </Flex>
    </Section>
  );
}
