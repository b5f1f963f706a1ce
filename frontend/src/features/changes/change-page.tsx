import { viewChangeOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ChangeApprovalView, ChangeView } from "@/api/generated/types.gen";
import { useCustomers, useServiceObjects } from "@/api/registers";
import { paths } from "@/lib/paths";
import { Loaded, Nothing } from "@/ui/page-states";
import { Page } from "@/ui/page";
import { PersonName } from "@/ui/person-name";
import { PermittedButton } from "@/ui/permitted-button";
import { Clause } from "@/ui/reasons";
import { Section } from "@/ui/section";
import { When } from "@/ui/when";
import { useQuery } from "@tanstack/react-query";
import { Button, Descriptions, Flex, Typography } from "antd";
import { useState, type ReactElement, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { ApproveDialog } from "./approve-dialog";
import { CarryingRelease } from "./carrying-release";
import { ChangeDialog } from "./change-dialog";
import { ChangeKindTag, ChangeStateTag } from "./change-tags";
import { WithdrawDialog } from "./withdraw-dialog";

/** One change: what it says, the evidence of its approval, and the release that carries it out. */
export function Component(): ReactElement {
  const { id = "" } = useParams();
  return (
    <Loaded query={useQuery(viewChangeOptions({ path: { id } }))}>{(change) => <Change change={change} />}</Loaded>
  );
}

type Dialog = "edit" | "approve" | "withdraw";

function Change({ change }: { change: ChangeView }): ReactElement {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<Dialog>();
  const close = () => setDialog(undefined);
  return (
    <Page
      title={change.title}
      subtitle={
        <Flex gap={8} wrap align="baseline">
          <span>{change.number}</span>
          <ChangeKindTag kind={change.kind} />
          <ChangeStateTag state={change.state} />
        </Flex>
      }
      extra={<Steps change={change} open={setDialog} />}
    >
      <Content change={change} />
      <Section title={t("changes:approval.title")}>
        {change.approval === null ? (
          <Nothing text={t(change.state === "withdrawn" ? "changes:approval.withdrawn" : "changes:approval.none")} />
        ) : (
          <Approval approval={change.approval} />
        )}
      </Section>
      {change.state !== "withdrawn" && <CarryingRelease change={change} />}
      {dialog === "edit" && <ChangeDialog change={change} onClose={close} />}
      {dialog === "approve" && <ApproveDialog change={change} onClose={close} />}
      {dialog === "withdraw" && <WithdrawDialog change={change} onClose={close} />}
    </Page>
  );
}

function Steps({ change, open }: { change: ChangeView; open: (dialog: Dialog) => void }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  if (change.state === "withdrawn") return null;
  return (
    <>
      <PermittedButton operation="withdraw_change" onClick={() => open("withdraw")}>
        {t("changes:withdraw.send")}
      </PermittedButton>
      {change.state === "registered" && (
        <>
          <PermittedButton operation="update_change" onClick={() => open("edit")}>
            {t("changes:edit.open")}
          </PermittedButton>
          <PermittedButton type="primary" operation="approve_change" onClick={() => open("approve")}>
            {t("changes:approve.open")}
          </PermittedButton>
        </>
      )}
      {change.state === "approved" && change.release_id === null && (
        <Button type="primary" onClick={() => void navigate(paths.newReleaseOf([change.id]))}>
          {t("changes:release")}
        </Button>
      )}
    </>
  );
}

function Content({ change }: { change: ChangeView }): ReactElement {
  const { t } = useTranslation();
  const objects = useServiceObjects().data;
  const customers = useCustomers().data;
  const rows = change.service_objects.map((wanted) => {
    const object = objects?.find(({ id }) => id === wanted);
    const customer = customers?.find(({ id }) => id === object?.customer_id);
    return { wanted, text: object === undefined ? "…" : `${object.code} ${object.name}`, customer: customer?.name };
  });
  return (
    <Section title={t("changes:content")}>
      <Descriptions
        column={{ xs: 1, md: 2 }}
        items={[
          { key: "by", label: t("changes:column.requestedBy"), children: change.requested_by },
          { key: "at", label: t("changes:column.requestedAt"), children: <When at={change.requested_at} /> },
          {
            key: "registered",
            label: t("changes:column.registeredAt"),
            children: (
              <span>
                <When at={change.registered_at} /> · <PersonName id={change.registered_by} />
              </span>
            ),
          },
          {
            key: "objects",
            label: t("changes:column.objects"),
            children: (
              <Flex vertical>
                {rows.map(({ wanted, text, customer }) => (
                  <span key={wanted}>
                    {text} {customer !== undefined && <Typography.Text type="secondary">{customer}</Typography.Text>}
                  </span>
                ))}
              </Flex>
            ),
          },
          {
            key: "description",
            label: t("changes:description"),
            span: "filled",
            children: <Text text={change.description ?? t("changes:noDescription")} />,
          },
        ]}
      />
    </Section>
  );
}

function Approval({ approval }: { approval: ChangeApprovalView }): ReactElement {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={8}>
      <Descriptions
        column={{ xs: 1, md: 2 }}
        items={[
          { key: "by", label: t("changes:approval.by"), children: approval.approved_by },
          { key: "at", label: t("changes:approval.at"), children: <When at={approval.approved_at} /> },
          { key: "reference", label: t("changes:approval.reference"), children: approval.reference },
          {
            key: "entered",
            label: t("changes:approval.entered"),
            children: (
              <span>
                <When at={approval.entered_at} /> · <PersonName id={approval.entered_by} />
              </span>
            ),
          },
          {
            key: "impact",
            label: t("changes:approval.impact"),
            span: "filled",
            children: <Text text={approval.impact} />,
          },
          {
            key: "resources",
            label: t("changes:approval.resources"),
            span: "filled",
            children: <Text text={approval.resources} />,
          },
        ]}
      />
      <Clause clause="9.1" />
    </Flex>
  );
}

function Text({ text }: { text: string }): ReactElement {
  return <span style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{text}</span>;
}
