import { ifMatch, useCommand } from "@/api/command";
import {
  deleteRobotMutation,
  listRobotsOptions,
  sendTestMessageMutation,
} from "@/api/generated/@tanstack/react-query.gen";
import type { CustomerView, DepartmentView, RobotView } from "@/api/generated/types.gen";
import { useCustomers, useDepartments } from "@/api/registers";
import { paths } from "@/lib/paths";
import { AdminNav } from "@/ui/admin-nav";
import type { Column } from "@/ui/list-page/columns";
import { ListPage } from "@/ui/list-page/list-page";
import { plainQuery } from "@/ui/list-page/plain-query";
import { Page } from "@/ui/page";
import { PermittedButton } from "@/ui/permitted-button";
import { ProblemAlert } from "@/ui/problem-alert";
import { PlusOutlined } from "@ant-design/icons";
import { App, Card, Flex, Tag, Typography } from "antd";
import type { TFunction } from "i18next";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ActiveTag } from "../active";
import { RobotDialog } from "./robot-dialog";
import { TestedDialog, type Tested } from "./tested-dialog";

/** The robots of chat groups: which group hears of which steps, and whether it does. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const [open, setOpen] = useState<RobotView | "new">();
  const [tested, setTested] = useState<Tested>();
  const about = useAbout();
  const remove = useCommand(deleteRobotMutation());
  const test = useCommand(sendTestMessageMutation(), ({ id, address }, { path }) =>
    setTested({ robot: path.id, name: address, delivery: id }),
  );
  const add = (
    <PermittedButton type="primary" operation="create_robot" icon={<PlusOutlined />} onClick={() => setOpen("new")}>
      {t("robots:add")}
    </PermittedButton>
  );
  const steps = (robot: RobotView) => (
    <Flex gap={8} wrap>
      <PermittedButton
        size="small"
        operation="send_test_message"
        loading={test.isPending && test.variables.path.id === robot.id}
        onClick={() => test.mutate({ path: { id: robot.id } })}
      >
        {t("robots:test.button")}
      </PermittedButton>
      <PermittedButton size="small" operation="update_robot" onClick={() => setOpen(robot)}>
        {t("registers:edit")}
      </PermittedButton>
      <PermittedButton
        size="small"
        operation="delete_robot"
        danger
        loading={remove.isPending && remove.variables.path.id === robot.id}
        onClick={() =>
          void modal.confirm({
            title: t("robots:delete.title", { name: robot.name }),
            content: t("robots:delete.advice"),
            okText: t("robots:delete.button"),
            okButtonProps: { danger: true },
            cancelText: t("common:cancel"),
            onOk: () => remove.mutate({ path: { id: robot.id }, headers: ifMatch(robot.version) }),
          })
        }
      >
        {t("robots:delete.button")}
      </PermittedButton>
    </Flex>
  );
  return (
    <Page title={t("robots:title")} subtitle={t("robots:subtitle")} extra={add}>
      <AdminNav />
      <ProblemAlert error={remove.error ?? test.error} />
      <ListPage
        name="robots"
        filters={[]}
        columns={columnsOf(t, about, steps)}
        query={(ask) => listRobotsOptions({ query: plainQuery(ask) })}
        rowKey={({ id }) => id}
        card={(robot) => <RobotCard robot={robot} about={about(robot)} steps={steps(robot)} />}
        nothing={{ text: t("robots:nothing") }}
      />
      {open !== undefined && (
        <RobotDialog {...(open !== "new" && { robot: open })} onClose={() => setOpen(undefined)} />
      )}
      {tested !== undefined && <TestedDialog tested={tested} onClose={() => setTested(undefined)} />}
    </Page>
  );
}

/** Which releases a robot speaks of. */
function useAbout(): (robot: RobotView) => string {
  const { t } = useTranslation();
  const customers = useCustomers().data;
  const departments = useDepartments().data;
  const names = (ids: readonly string[], known: readonly (CustomerView | DepartmentView)[] = []) =>
    ids.map((wanted) => known.find(({ id }) => id === wanted)?.name ?? "…").join(t("common:listSeparator"));
  return (robot) => {
    const [ofCustomers, ofDepartments] = [names(robot.customers, customers), names(robot.departments, departments)];
    if (ofCustomers === "" && ofDepartments === "") return t("robots:about.all");
    if (ofDepartments === "") return t("robots:about.customers", { names: ofCustomers });
    if (ofCustomers === "") return t("robots:about.departments", { names: ofDepartments });
    return t("robots:about.both", { customers: ofCustomers, departments: ofDepartments });
  };
}

function columnsOf(
  t: TFunction,
  about: (robot: RobotView) => string,
  steps: (robot: RobotView) => ReactElement,
): Column<RobotView>[] {
  return [
    { key: "name", title: t("robots:name"), fixed: true, render: ({ name }) => name },
    { key: "maker", title: t("robots:maker"), width: 160, render: (robot) => <Maker robot={robot} /> },
    {
      key: "language",
      title: t("robots:language"),
      hidden: true,
      render: ({ language }) => t(`enums:Language.${language}`),
    },
    { key: "kinds", title: t("robots:kinds"), width: 210, render: ({ kinds }) => kindsOf(t, kinds) },
    { key: "about", title: t("robots:about.label"), width: 170, render: about },
    { key: "active", title: t("registers:active.label"), render: ({ active }) => <ActiveTag active={active} /> },
    { key: "deliveries", title: t("robots:deliveries.label"), render: ({ id }) => <Said id={id} /> },
    { key: "steps", title: t("registers:step"), render: steps },
  ];
}

function kindsOf(t: TFunction, kinds: RobotView["kinds"]): string {
  return kinds.map((kind) => t(`enums:NoticeKind.${kind}`)).join(t("common:listSeparator"));
}

/** Who made the group, and where its server is when that is a private one. */
function Maker({ robot: { maker, base_url, signed } }: { robot: RobotView }): ReactElement {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={2} align="start">
      <Flex gap={8} align="center" wrap>
        {t(`enums:RobotKind.${maker}`)}
        {signed && <Tag style={{ margin: 0 }}>{t("robots:signed")}</Tag>}
      </Flex>
      {base_url !== null && (
        <Typography.Text type="secondary" className="fabu-long-text">
          {base_url}
        </Typography.Text>
      )}
    </Flex>
  );
}

/** Leads to everything that a robot has said or was to say. */
function Said({ id }: { id: string }): ReactElement {
  const { t } = useTranslation();
  return <Link to={`${paths.deliveries}?robot_id=${id}`}>{t("robots:deliveries.show")}</Link>;
}

function RobotCard({ robot, about, steps }: { robot: RobotView; about: string; steps: ReactElement }): ReactElement {
  const { t } = useTranslation();
  return (
    <Card size="small">
      <Flex vertical gap={4}>
        <Flex justify="space-between" gap={8} align="start">
          <strong className="fabu-long-text">{robot.name}</strong>
          <ActiveTag active={robot.active} />
        </Flex>
        <Maker robot={robot} />
        <span>{kindsOf(t, robot.kinds)}</span>
        <Typography.Text type="secondary">{about}</Typography.Text>
        <Said id={robot.id} />
        {steps}
      </Flex>
    </Card>
  );
}
