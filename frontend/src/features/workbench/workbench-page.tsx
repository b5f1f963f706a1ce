import { useMe } from "@/api/me";
import { Page } from "@/ui/page";
import { Col, Row } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { MyReleases } from "./my-releases";
import { SuccessRate } from "./success-rate";
import { UpcomingReleases } from "./upcoming-releases";
import { WaitingForMe } from "./waiting-for-me";

/** What waits for the reader comes first, then what is theirs, then how the company does. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <Page title={t("workbench:title")} subtitle={me && t("workbench:greeting", { name: me.name })}>
      <Row gutter={[16, 16]}>
        <Col xs={24} xl={15}>
          <WaitingForMe />
        </Col>
        <Col xs={24} xl={9}>
          <Row gutter={[16, 16]}>
            <Col span={24}>
              <SuccessRate />
            </Col>
            <Col span={24}>
              <UpcomingReleases />
            </Col>
            <Col span={24}>
              <MyReleases />
            </Col>
          </Row>
        </Col>
      </Row>
    </Page>
  );
}
