import { procedure } from "@/api/words";
import { PersonSelect } from "@/ui/form/person-select";
import { Col, Form, Input, Row } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** One person for each role, as far as they are known; only people who were granted the role are offered. */
export function TeamFields(): ReactElement {
  const { t } = useTranslation();
  return (
    <Row gutter={16}>
      {procedure.team.map((role) => (
        <Col key={role} xs={24} md={12}>
          <Form.Item name={["people", role]} label={t(`enums:Role.${role}`)} extra={t(`newrelease:duty.${role}`)}>
            <PersonSelect role={role} />
          </Form.Item>
        </Col>
      ))}
      <Col xs={24}>
        <Form.Item
          name="representative_reason"
          label={t("newrelease:representativeReason")}
          extra={t("newrelease:representativeRule")}
        >
          <Input maxLength={1000} />
        </Form.Item>
      </Col>
    </Row>
  );
}
