import {
  createRobotMutation,
  deleteRobotMutation,
  listRobotsOptions,
  updateRobotMutation,
} from "@/api/generated/@tanstack/react-query.gen";
import type { RobotView } from "@/api/generated/types.gen";
import { useRecordNames } from "@/api/registers";
import { paths } from "@/lib/paths";
import { Flex, Tag, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { register } from "../register/register";
import { RegisterPage } from "../register/register-page";
import { Credentials, credentialsOf } from "./credentials";
import { TestMessage } from "./test-message";

export const robots = register({
  kind: "robot",
  list: listRobotsOptions,
  create: createRobotMutation,
  update: updateRobotMutation,
  remove: deleteRobotMutation,
  defaults: () => ({ language: "zh-CN" }),
  extra: { name: "credentials", after: "base_url", Input: Credentials, wire: credentialsOf },
  cells: { maker: (robot) => <Maker robot={robot} /> },
  unlisted: ["base_url", "customers", "departments"],
  hidden: ["language"],
  columns: (t) => [
    { key: "about", title: t("robots:about.label"), width: 170, render: (robot) => <About robot={robot} /> },
    {
      key: "deliveries",
      title: t("robots:deliveries.label"),
      render: ({ id }) => <Link to={`${paths.deliveries}?robot_id=${id}`}>{t("robots:deliveries.show")}</Link>,
    },
  ],
  steps: (robot) => <TestMessage robot={robot} />,
  nothing: "robots:nothing",
  removal: { advice: "robots:deleteAdvice" },
});

/** The robots of chat groups: which group hears of which steps, and whether it does. */
export function Component(): ReactElement {
  return <RegisterPage register={robots} />;
}

/** Who made the group, and where its server is when that is a private one. */
function Maker({ robot: { maker, base_url, signed } }: { robot: RobotView }): ReactElement {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={2} align="start">
      <Flex gap={8} align="center" wrap>
        {t(`enums:RobotKind.${maker}`)}
        {signed && <Tag style={{ margin: 0 }}>{t("records:robot.signed")}</Tag>}
      </Flex>
      {base_url !== null && (
        <Typography.Text type="secondary" className="fabu-long-text">
          {base_url}
        </Typography.Text>
      )}
    </Flex>
  );
}

/** Which releases a robot speaks of. */
function About({ robot }: { robot: RobotView }): ReactElement {
  const { t } = useTranslation();
  const customer = useRecordNames("customer");
  const department = useRecordNames("department");
  const customers = robot.customers.map(customer).join(t("common:listSeparator"));
  const departments = robot.departments.map(department).join(t("common:listSeparator"));
  if (customers === "" && departments === "") return <>{t("robots:about.all")}</>;
  if (departments === "") return <>{t("robots:about.customers", { names: customers })}</>;
  if (customers === "") return <>{t("robots:about.departments", { names: departments })}</>;
  return <>{t("robots:about.both", { customers, departments })}</>;
}
