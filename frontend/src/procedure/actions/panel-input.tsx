import type { DocumentKind, ReleaseView } from "@/api/generated/types.gen";
import { listDepartmentsOptions } from "@/api/generated/@tanstack/react-query.gen";
import { shapes } from "@/procedure/document/shapes.gen";
import { PeopleSelect, PersonSelect } from "@/ui/form/person-select";
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Flex, Form, InputNumber, Radio, Select, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  release: ReleaseView;
  document: DocumentKind;
}

/** Who sits on a panel, as what, and for which sections; whoever the procedure requires is added by itself. */
export function PanelInput({ release, document }: Props): ReactElement {
  const { t } = useTranslation();
  const departments = useQuery({
    ...listDepartmentsOptions({ query: { active: true, limit: 100 } }),
    staleTime: 60_000,
  });
  const capacities = [
    { value: "stakeholder", label: t("procedure:vote.stakeholder") },
    ...release.team.map(({ role, role_name }) => ({ value: `role ${role}`, label: role_name })),
    { value: "role change_manager", label: t("enums:Role.change_manager") },
    ...(departments.data?.items.map(({ id, name }) => ({ value: `department ${id}`, label: name })) ?? []),
  ];
  return (
    <Form.List name="members">
      {(rows, { add, remove }) => (
        <Flex vertical gap={8} role="group" aria-label={t("actions:label.members")}>
          <Typography.Text strong>{t("actions:label.members")}</Typography.Text>
          <Typography.Text type="secondary">{t(`actions:panel.${document}`)}</Typography.Text>
          {rows.map(({ key, name }) => (
            <Flex key={key} gap={8} align="start" className="fabu-change" wrap>
              <Form.Item
                name={[name, "user_id"]}
                label={t("actions:panel.person")}
                rules={[{ required: true, message: t("common:required") }]}
                style={{ flex: "1 1 180px", marginBlockEnd: 8 }}
              >
                <PersonSelect />
              </Form.Item>
              <Form.Item
                name={[name, "capacity"]}
                label={t("actions:panel.capacity")}
                style={{ flex: "1 1 140px", marginBlockEnd: 8 }}
              >
                <Select options={capacities} showSearch={{ optionFilterProp: "label" }} allowClear />
              </Form.Item>
              <Form.Item
                name={[name, "sections"]}
                label={t("actions:panel.sections")}
                style={{ flex: "1 1 180px", marginBlockEnd: 8 }}
              >
                <Select
                  mode="multiple"
                  placeholder={t("actions:panel.allSections")}
                  options={shapes[document].sections.map((section) => ({
                    value: section.name,
                    label: t(`contents:section.${document}.${section.name}`),
                  }))}
                />
              </Form.Item>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t("actions:panel.remove")}
                onClick={() => remove(name)}
                style={{ marginBlockStart: 30 }}
              />
            </Flex>
          ))}
          <Button
            icon={<PlusOutlined />}
            onClick={() => add({ capacity: "stakeholder" })}
            style={{ marginBlockEnd: 12 }}
          >
            {t("actions:panel.add")}
          </Button>
        </Flex>
      )}
    </Form.List>
  );
}

/** When the panel has agreed. */
export function RuleInput(): ReactElement {
  const { t } = useTranslation();
  const quorum: unknown = Form.useWatch(["rule", "quorum"]);
  return (
    <>
      <Form.Item name={["rule", "quorum"]} label={t("actions:label.rule")} initialValue="all">
        <Radio.Group
          options={[
            { value: "all", label: t("enums:Quorum.all") },
            { value: "at_least", label: t("enums:Quorum.at_least") },
          ]}
        />
      </Form.Item>
      {quorum === "at_least" && (
        <Form.Item
          name={["rule", "count"]}
          label={t("actions:panel.count")}
          rules={[{ required: true, message: t("common:required") }]}
        >
          <InputNumber min={1} max={100} precision={0} />
        </Form.Item>
      )}
      <Form.Item name={["rule", "must_include"]} label={t("actions:panel.must")}>
        <PeopleSelect />
      </Form.Item>
    </>
  );
}
