import type { RobotCredentialsRequest, RobotKind, RobotView } from "@/api/generated/types.gen";
import { Flex, Form, Input, Typography } from "antd";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { given } from "../register/form-values";

/** What a robot speaks with. Nothing entered leaves it what it has. */
export function credentialsOf(typed: unknown): RobotCredentialsRequest | null {
  const { token, secret } = (typed ?? {}) as { token?: string; secret?: string };
  const entered = { token: given(token) ?? "", secret: given(secret) };
  return entered.token === "" && entered.secret === null ? null : entered;
}

/** What the robot speaks with, and where that is found at its maker. It is never shown. */
export function Credentials({ record: robot }: { record: RobotView | undefined }): ReactElement {
  const { t } = useTranslation();
  const maker = Form.useWatch<RobotKind | undefined>("maker");
  return (
    // What the API says about both stands below both.
    <Form.Item name="credentials" style={{ marginBlockEnd: 0 }}>
      <CredentialsPart>
        <Flex vertical style={{ marginBlockEnd: 12 }}>
          <Typography.Text type="secondary">{t("robots:credentialsRule")}</Typography.Text>
          {robot !== undefined && (
            <Typography.Text type="secondary">
              {t(robot.signed ? "robots:keepsBoth" : "robots:keepsToken")}
            </Typography.Text>
          )}
        </Flex>
        <Form.Item
          name={["credentials", "token"]}
          label={t("robots:token")}
          extra={maker !== undefined && t(`robots:tokenRule.${maker}`)}
        >
          <Input.Password maxLength={500} autoComplete="new-password" spellCheck={false} />
        </Form.Item>
        {/* WeCom signs nothing; what was typed for another maker is forgotten. */}
        {maker !== "wecom" && (
          <Form.Item
            name={["credentials", "secret"]}
            label={t("robots:secret")}
            extra={maker !== undefined && t(`robots:secretRule.${maker}`)}
            preserve={false}
          >
            <Input.Password maxLength={500} autoComplete="new-password" spellCheck={false} />
          </Form.Item>
        )}
      </CredentialsPart>
    </Form.Item>
  );
}

/** Takes the focus when something is wrong with the two together; their values are those of the fields in it. */
function CredentialsPart({ id, children }: { id?: string; children: ReactNode }): ReactElement {
  const { t } = useTranslation();
  return (
    <div {...(id !== undefined && { id })} role="group" aria-label={t("robots:credentials")} tabIndex={-1}>
      {children}
    </div>
  );
}
