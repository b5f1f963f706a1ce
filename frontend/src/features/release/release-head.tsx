import type { ActionView } from "@/api/generated/types.gen";
import { formatWindow } from "@/lib/time";
import { Page } from "@/ui/page";
import { hasForm } from "@/procedure/action-forms";
import { ActionsBar } from "@/procedure/actions-bar";
import { isMoot, placeOf } from "@/procedure/commands";
import { useReleasePage } from "@/procedure/release-page";
import { KindTag, StatusTag, VerdictTag } from "@/procedure/release-tags";
import { StageStepper } from "@/procedure/stage-stepper";
import { Alert, Button, Flex, Popover, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { NextStep } from "./next-step";

/** Number, title, state, way and actions of the release; above every tab. */
export function ReleaseHead(): ReactElement {
  const { t } = useTranslation();
  const { release, act } = useReleasePage();
  const canBeShown = ({ name, document }: ActionView) => hasForm(name) || Boolean(document);
  const open = release.actions.filter((action) => !isMoot(action) && canBeShown(action));
  const forward = open.filter((action) => placeOf(action) === "forward");
  const manage = open.filter((action) => placeOf(action) === "manage");
  return (
    <Page
      title={release.title}
      subtitle={
        <Flex gap={8} wrap align="center">
          <Typography.Text copyable={{ text: release.number }} strong>
            {release.number}
          </Typography.Text>
          <KindTag kind={release.kind} />
          <StatusTag status={release.status} />
          {release.verdict && <VerdictTag verdict={release.verdict.verdict} />}
          {release.customer && <span>{release.customer.name}</span>}
          {release.window && (
            <span>{t("release:head.window", { window: formatWindow(release.window.start, release.window.end) })}</span>
          )}
        </Flex>
      }
      extra={
        <Flex gap={8} wrap className="fabu-no-print">
          <ActionsBar actions={forward} onAct={(action) => act(action)} />
          {manage.length > 0 && (
            <Popover
              trigger="click"
              placement="bottomRight"
              content={
                <div style={{ maxWidth: 420 }}>
                  <ActionsBar actions={manage} onAct={(action) => act(action)} isSecondary />
                </div>
              }
            >
              <Button>{t("release:head.more")}</Button>
            </Popover>
          )}
        </Flex>
      }
    >
      {release.suspension && (
        <Alert
          type="warning"
          showIcon
          title={t("release:head.suspended", { name: release.suspension.by.name, reason: release.suspension.reason })}
        />
      )}
      {release.cancelled && (
        <Alert
          type="info"
          showIcon
          title={t("release:head.cancelled", { name: release.cancelled.by.name, reason: release.cancelled.reason })}
        />
      )}
      {release.imported && (
        <Alert
          type="info"
          showIcon
          title={t("release:head.imported", { source: release.imported.source, number: release.imported.number })}
        />
      )}
      <StageStepper stage={release.stage.code} status={release.status} kind={release.kind} />
      <NextStep />
    </Page>
  );
}
