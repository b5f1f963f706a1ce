import { useCommand } from "@/api/command";
import { sendTestMessageMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { RobotView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { DeliveryOutcome } from "@/ui/delivery-outcome";
import { Dialog } from "@/ui/dialog";
import { PermittedButton } from "@/ui/permitted-button";
import { ProblemAlert } from "@/ui/problem-alert";
import { Flex } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** Sends a test message to a robot's group, and says what became of it. */
export function TestMessage({ robot: { id, name } }: { robot: RobotView }): ReactElement {
  const { t } = useTranslation();
  const test = useCommand(sendTestMessageMutation());
  return (
    <>
      <PermittedButton
        size="small"
        operation="send_test_message"
        loading={test.isPending}
        onClick={() => test.mutate({ path: { id } })}
      >
        {t("robots:test.button")}
      </PermittedButton>
      {(test.data !== undefined || test.error !== null) && (
        <Dialog
          open
          title={t("robots:test.title", { name: test.data?.address ?? name })}
          okText={t("robots:test.seen")}
          onOk={test.reset}
          onCancel={test.reset}
          footer={(_, { OkBtn }) => <OkBtn />}
        >
          <Flex vertical gap={12}>
            {test.data !== undefined && <DeliveryOutcome id={test.data.id} />}
            <ProblemAlert error={test.error} />
            <Link to={`${paths.deliveries}?robot_id=${id}`}>{t("robots:deliveries.all")}</Link>
          </Flex>
        </Dialog>
      )}
    </>
  );
}
