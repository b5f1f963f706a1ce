import { useMe } from "@/api/me";
import { AdminNav } from "@/ui/admin-nav";
import type { Column } from "@/ui/list-page/columns";
import { ListPage } from "@/ui/list-page/list-page";
import { plainQuery } from "@/ui/list-page/plain-query";
import { Page } from "@/ui/page";
import { PlusOutlined } from "@ant-design/icons";
import type { QueryKey } from "@tanstack/react-query";
import { Card, Flex, Typography } from "antd";
import { useMemo, useState, type ReactElement, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { registers } from "../registers.gen";
import { columnsOf } from "./columns";
import { useFieldFilters } from "./filters";
import { OperationButton } from "./operation-button";
import type { Register, RegisterRecord } from "./register";
import { RegisterDialog } from "./register-dialog";
import { RemoveButton } from "./remove-button";
import { namingFields, registerTexts } from "./shape";

/** The page of a register: its records, found by their fields, each with what can be done with it. */
export function RegisterPage<R extends RegisterRecord, B extends object, E, K extends QueryKey>({
  register,
}: {
  register: Register<R, B, E, K>;
}): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const [open, setOpen] = useState<R | "new">();
  const { kind, list, page, Nav = AdminNav, Tools } = register;
  const { path, operations } = registers[kind];
  const texts = registerTexts(t, kind);
  const known = useFieldFilters(kind);
  const filters = useMemo(() => [...known, ...(register.filters?.(t, me) ?? [])], [known, register, t, me]);
  const columns = useMemo(() => columnsOf(t, register), [t, register]);
  const isChangedHere = page === undefined && register.update !== undefined;
  const isRemovedHere = page === undefined && register.remove !== undefined;
  const steps = (record: R) => (
    <Flex gap={8} wrap>
      {register.steps?.(record)}
      {isChangedHere && (
        <OperationButton operation={operations.update ?? ""} size="small" onClick={() => setOpen(record)}>
          {t("registers:edit")}
        </OperationButton>
      )}
      {isRemovedHere && <RemoveButton register={register} record={record} size="small" />}
    </Flex>
  );
  const hasSteps = isChangedHere || isRemovedHere || register.steps !== undefined;
  return (
    <Page
      title={texts.title}
      subtitle={texts.about}
      extra={
        <Flex gap={8} wrap>
          {Tools !== undefined && <Tools />}
          <OperationButton
            operation={operations.create}
            type="primary"
            icon={<PlusOutlined />}
            onClick={() => setOpen("new")}
          >
            {texts.add}
          </OperationButton>
        </Flex>
      }
    >
      <Nav />
      <ListPage
        name={path}
        filters={filters}
        columns={hasSteps ? [...columns, { key: "steps", title: t("registers:step"), render: steps }] : columns}
        query={(ask) => list({ query: plainQuery(ask) })}
        rowKey={({ id }) => id}
        card={(record) => (
          <Card size="small">
            {register.card?.(record, steps(record)) ?? (
              <RecordCard record={record} register={register} columns={columns} steps={hasSteps && steps(record)} />
            )}
          </Card>
        )}
        views={register.views?.(t, me) ?? []}
        nothing={{ text: register.nothing === undefined ? texts.nothing : t(register.nothing) }}
      />
      {open !== undefined && (
        <RegisterDialog
          register={register}
          {...(open !== "new" && { record: open })}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Page>
  );
}

interface CardProps<R extends RegisterRecord> {
  record: R;
  register: { kind: keyof typeof registers };
  columns: readonly Column<R>[];
  steps: ReactNode;
}

/** A record on a phone: what it is called and whether it is in use, and the other columns below. */
function RecordCard<R extends RegisterRecord>({ record, register, columns, steps }: CardProps<R>): ReactElement {
  const { t } = useTranslation();
  const naming = new Set(namingFields(register.kind).map(({ name }) => name));
  const state = columns.find(({ key }) => key === "active");
  const others = columns.filter((column) => !naming.has(column.key) && column !== state && column.hidden !== true);
  return (
    <Flex vertical gap={4}>
      <Flex justify="space-between" gap={8} align="start">
        <Flex gap={6} wrap className="fabu-long-text">
          {columns
            .filter(({ key }) => naming.has(key))
            .map(({ key, render }) => (
              <strong key={key}>{render(record)}</strong>
            ))}
        </Flex>
        {state?.render(record)}
      </Flex>
      {others.map(({ key, title, render }) => (
        <Flex key={key} gap={4} wrap>
          <Typography.Text type="secondary">
            {title}
            {t("common:colon")}
          </Typography.Text>
          <div className="fabu-long-text">{render(record)}</div>
        </Flex>
      ))}
      {steps}
    </Flex>
  );
}
