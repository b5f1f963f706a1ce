import { ReleaseAction, useReleasePage } from "@/procedure/release-page";
import { ConflictList, useSeesConflicts } from "@/procedure/conflicts/conflict-list";
import { FreeWindows } from "@/procedure/conflicts/free-windows";
import { ApprovalLine } from "@/procedure/approval-line";
import { TaskCard } from "@/procedure/task-card";
import { Nothing } from "@/ui/page-states";
import { Section } from "@/ui/section";
import { Col, Flex, Row } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { AcceptedRisks, Exceptions } from "./accepted";
import { Documents } from "./documents";
import { Facts } from "./facts";
import { Team } from "./team";

/** The release at a glance: facts, people, what is open. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const seesConflicts = useSeesConflicts();
  const isAhead = release.actions.some(({ name }) => name === "accept_conflict");
  const tasks = release.tasks.filter(({ state }) => state === "open" || state === "submitted");
  return (
    <Row gutter={[16, 16]}>
      <Col xs={24} xl={15}>
        <Flex vertical gap={16}>
          <Facts />
          <Section title={t("release:tasks.title", { count: tasks.length })} extra={<ReleaseAction name="add_task" />}>
            {tasks.length === 0 ? (
              <Nothing text={t("release:tasks.nothing")} />
            ) : (
              <Flex vertical gap={8}>
                {tasks.map((task) => (
                  <TaskCard key={task.id} task={task} />
                ))}
              </Flex>
            )}
          </Section>
          {isAhead && seesConflicts && (
            <Section title={t("conflicts:title")} extra={<FreeWindows release={release} />}>
              <ConflictList release={release} />
            </Section>
          )}
          <AcceptedRisks />
          <Exceptions />
        </Flex>
      </Col>
      <Col xs={24} xl={9}>
        <Flex vertical gap={16}>
          <Team />
          <Documents />
          <Section title={t("release:approvals.title")}>
            {release.approvals.length === 0 ? (
              <Nothing text={t("release:approvals.nothing")} />
            ) : (
              <Flex vertical gap={10}>
                {release.approvals.map((approval) => (
                  <ApprovalLine key={approval.id} approval={approval} />
                ))}
              </Flex>
            )}
          </Section>
        </Flex>
      </Col>
    </Row>
  );
}
