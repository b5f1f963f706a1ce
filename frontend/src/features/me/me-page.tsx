import { viewMeOptions } from "@/api/generated/@tanstack/react-query.gen";
import { Page } from "@/ui/page";
import { Loaded } from "@/ui/page-states";
import { PasswordForm } from "@/ui/password-form";
import { useQuery } from "@tanstack/react-query";
import { App, Card, Col, Row } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { BrowserSettings } from "./browser-settings";
import { Further } from "./further";
import { Preferences } from "./preferences";
import { Profile } from "./profile";

/** What a person decides for themselves. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const me = useQuery(viewMeOptions());
  return (
    <Page title={t("me:title")}>
      <Loaded query={me}>
        {(user) => (
          <Row gutter={[16, 16]}>
            <Col xs={24} lg={12}>
              <Row gutter={[0, 16]}>
                <Col span={24}>
                  <Card size="small" title={<h2 className="fabu-card-title">{t("me:profile.title")}</h2>}>
                    <Profile me={user} />
                  </Card>
                </Col>
                <Col span={24}>
                  <Card size="small" title={<h2 className="fabu-card-title">{t("me:further.title")}</h2>}>
                    <Further me={user.id} />
                  </Card>
                </Col>
                <Col span={24}>
                  <Card size="small" title={<h2 className="fabu-card-title">{t("me:preferences.title")}</h2>}>
                    <Preferences key={user.version} me={user} />
                  </Card>
                </Col>
              </Row>
            </Col>
            <Col xs={24} lg={12}>
              <Row gutter={[0, 16]}>
                <Col span={24}>
                  <Card size="small" title={<h2 className="fabu-card-title">{t("me:browser.title")}</h2>}>
                    <BrowserSettings />
                  </Card>
                </Col>
                <Col span={24}>
                  <Card size="small" title={<h2 className="fabu-card-title">{t("auth:change.title")}</h2>}>
                    <PasswordForm onDone={() => void message.success(t("me:passwordChanged"))} />
                  </Card>
                </Col>
              </Row>
            </Col>
          </Row>
        )}
      </Loaded>
    </Page>
  );
}
