import { keep, kept } from "@/lib/storage";
import { CheckOutlined, DeleteOutlined, FilterOutlined } from "@ant-design/icons";
import { Button, Dropdown, Flex, Form, Input, Modal } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";

/** A filtered list under a name. */
export interface View {
  name: string;
  /** The part of the address after `?`. */
  search: string;
}

function isViews(value: unknown): value is View[] {
  return (
    Array.isArray(value) &&
    value.every((view: unknown) => typeof view === "object" && view !== null && "name" in view && "search" in view)
  );
}

interface Props {
  /** The list's name; views are kept under it. */
  list: string;
  /** Views that everybody has. */
  builtIn: readonly View[];
}

/** The views of a list: the built-in ones and those that the person has saved in this browser. */
export function SavedViews({ list, builtIn }: Props): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { search } = useLocation();
  const [own, setOwn] = useState(() => kept(`views.${list}`, isViews) ?? []);
  const [isNaming, setNaming] = useState(false);
  const here = normal(search);

  const save = (views: View[]) => {
    setOwn(views);
    keep(`views.${list}`, views);
  };
  const open = (view: View) => void navigate({ search: view.search });
  const current = [...builtIn, ...own].find((view) => normal(view.search) === here);
  const entry = (view: View, id: string) => ({
    key: id,
    label: view.name,
    icon: view === current ? <CheckOutlined /> : <span />,
    onClick: () => open(view),
  });

  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            ...builtIn.map((view, n) => entry(view, `built-in ${n}`)),
            ...(own.length > 0 ? [{ type: "divider" as const }] : []),
            ...own.map((view, n) => entry(view, `own ${n}`)),
            { type: "divider" as const },
            {
              key: "save",
              label: t("list:saveView"),
              icon: <span />,
              disabled: here === "",
              onClick: () => setNaming(true),
            },
            ...(current !== undefined && own.includes(current)
              ? [
                  {
                    key: "delete",
                    label: t("list:deleteView", { name: current.name }),
                    icon: <DeleteOutlined />,
                    danger: true,
                    onClick: () => save(own.filter((view) => view !== current)),
                  },
                ]
              : []),
          ],
        }}
      >
        <Button icon={<FilterOutlined />}>{current?.name ?? t("list:views")}</Button>
      </Dropdown>
      <Naming
        isOpen={isNaming}
        close={() => setNaming(false)}
        onName={(name) => save([...own.filter((view) => view.name !== name), { name, search: here }])}
      />
    </>
  );
}

function Naming({
  isOpen,
  close,
  onName,
}: {
  isOpen: boolean;
  close: () => void;
  onName: (name: string) => void;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <Modal open={isOpen} title={t("list:saveView")} onCancel={close} footer={null} destroyOnHidden>
      <Form<{ name: string }>
        layout="vertical"
        onFinish={({ name }) => {
          onName(name.trim());
          close();
        }}
      >
        <Form.Item
          name="name"
          label={t("list:viewName")}
          rules={[{ required: true, whitespace: true, message: t("common:required") }]}
        >
          <Input maxLength={40} autoFocus />
        </Form.Item>
        <Flex justify="end" gap={8}>
          <Button onClick={close}>{t("common:cancel")}</Button>
          <Button type="primary" htmlType="submit">
            {t("common:save")}
          </Button>
        </Flex>
      </Form>
    </Modal>
  );
}

/** The same filters give the same text, in whatever order they were set; the place in the list is no part of a view. */
function normal(search: string): string {
  const parameters = new URLSearchParams(search);
  parameters.delete("cursor");
  parameters.sort();
  return parameters.toString();
}
