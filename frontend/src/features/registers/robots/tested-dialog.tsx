import { paths } from "@/lib/paths";
import { DeliveryOutcome } from "@/ui/delivery-outcome";
import { Dialog } from "@/ui/dialog";
import { Flex } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** A test message, and whose it was. */
export interface Tested {
  robot: string;
  name: string;
  delivery: string;
}

/** What became of a test message. */
export function TestedDialog({ tested, onClose }: { tested: Tested; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <Dialog
      open
      title={t("robots:test.title", { name: tested.name })}
      okText={t("robots:test.seen")}
      onOk={onClose}
      onCancel={onClose}
      footer={(_, { OkBtn }) => <OkBtn />}
    >
      <Flex vertical gap={12}>
        <DeliveryOutcome id={tested.delivery} />
        <Link to={`${paths.deliveries}?robot_id=${tested.robot}`}>{t("robots:deliveries.all")}</Link>
      </Flex>
    </Dialog>
  );
}
