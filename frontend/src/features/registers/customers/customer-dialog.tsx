import { ifMatch, useCommand } from "@/api/command";
import { createCustomerMutation, updateCustomerMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { CustomerRequest, CustomerView, Representative } from "@/api/generated/types.gen";
import { today } from "@/lib/time";
import { DayField } from "@/ui/form/day-field";
import { FormDialog } from "@/ui/form/form-dialog";
import { PersonSelect } from "@/ui/form/person-select";
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Card, Checkbox, Col, Flex, Form, Input, Row } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  /** The customer to correct; none to add another. */
  customer?: CustomerView;
  onClose: () => void;
}

/** Adds a customer or says who represents it. */
export function CustomerDialog({ customer, onClose }: Props): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<CustomerRequest>();
  const create = useCommand(createCustomerMutation(), onClose);
  const update = useCommand(updateCustomerMutation(), onClose);
  const send = ({ name, contract, representatives = [], active }: CustomerRequest) => {
    const body = {
      name,
      contract: contract?.trim() ? contract.trim() : null,
      representatives: representatives.map(stated),
      active,
    };
    if (customer === undefined) create.mutate({ body });
    else update.mutate({ path: { id: customer.id }, headers: ifMatch(customer.version), body });
  };
  return (
    <FormDialog<CustomerRequest>
      title={
        customer === undefined ? t("registers:customers.add") : t("registers:customers.edit", { name: customer.name })
      }
      form={form}
      initialValues={customer ?? { active: true, representatives: [] }}
      send={t("common:save")}
      onSend={send}
      onClose={onClose}
      isPending={create.isPending || update.isPending}
      error={create.error ?? update.error}
      fields={["/name", "/contract", "/representatives", "/active"]}
      width={680}
    >
      <Row gutter={16}>
        <Col xs={24} sm={14}>
          <Form.Item
            name="name"
            label={t("registers:customers.name")}
            rules={[{ required: true, whitespace: true, message: t("common:required") }]}
          >
            <Input maxLength={200} autoFocus />
          </Form.Item>
        </Col>
        <Col xs={24} sm={10}>
          <Form.Item name="contract" label={t("registers:customers.contract")}>
            <Input maxLength={100} />
          </Form.Item>
        </Col>
      </Row>
      <RepresentativesField />
      <Form.Item name="active" valuePropName="checked">
        <Checkbox>{t("registers:customers.activeRule")}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}

function stated({ user_id, from, until, internal_reason }: Representative): Representative {
  return {
    user_id,
    from,
    until: until ?? null,
    internal_reason: internal_reason?.trim() ? internal_reason.trim() : null,
  };
}

/** Any number of people with the days in which they may accept and confirm (5.4). */
function RepresentativesField(): ReactElement {
  const { t } = useTranslation();
  const needed = { required: true, message: t("common:required") };
  return (
    <Form.List name="representatives">
      {(rows, { add, remove }) => (
        <Flex
          vertical
          gap={8}
          style={{ marginBlockEnd: 16 }}
          role="group"
          aria-label={t("registers:customers.representatives")}
        >
          <strong>{t("registers:customers.representatives")}</strong>
          {rows.map(({ key, name }) => (
            <Card key={key} size="small">
              <Row gutter={12}>
                <Col xs={24} sm={10}>
                  <Form.Item name={[name, "user_id"]} label={t("registers:customers.representative")} rules={[needed]}>
                    <PersonSelect role="customer_representative" />
                  </Form.Item>
                </Col>
                <Col xs={12} sm={7}>
                  <Form.Item name={[name, "from"]} label={t("registers:customers.from")} rules={[needed]}>
                    <DayField />
                  </Form.Item>
                </Col>
                <Col xs={12} sm={7}>
                  <Form.Item name={[name, "until"]} label={t("registers:customers.until")}>
                    <DayField />
                  </Form.Item>
                </Col>
                <Col xs={24} sm={20}>
                  <Form.Item name={[name, "internal_reason"]} label={t("registers:customers.internalReason")}>
                    <Input maxLength={1000} />
                  </Form.Item>
                </Col>
                <Col xs={24} sm={4} style={{ display: "flex", alignItems: "center", justifyContent: "end" }}>
                  <Button
                    icon={<DeleteOutlined />}
                    aria-label={t("registers:customers.remove")}
                    onClick={() => remove(name)}
                  />
                </Col>
              </Row>
            </Card>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add({ from: today() })}>
            {t("registers:customers.addRepresentative")}
          </Button>
        </Flex>
      )}
    </Form.List>
  );
}
