import { ifMatch, useCommand } from "@/api/command";
import { Dialog } from "@/ui/dialog";
import { ProblemAlert } from "@/ui/problem-alert";
import { Flex, type ButtonProps } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { registers } from "../registers.gen";
import { OperationButton } from "./operation-button";
import type { RecordForm, RegisterRecord } from "./register";
import { nameOf } from "./shape";

interface Props<R extends RegisterRecord, B extends object> extends Pick<ButtonProps, "size"> {
  register: RecordForm<R, B>;
  record: R;
  onRemoved?: () => void;
}

/** Takes a record away, once it was asked whether that is meant. */
export function RemoveButton<R extends RegisterRecord, B extends object>(props: Props<R, B>): ReactElement {
  const { register, record, onRemoved, size } = props;
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const remove = useCommand(register.remove?.() ?? {}, () => {
    setAsking(false);
    onRemoved?.();
  });
  const {
    button = "registers:delete.button",
    title = "registers:delete.title",
    advice,
    about,
  } = register.removal ?? {};
  return (
    <>
      <OperationButton
        operation={registers[register.kind].operations.delete ?? ""}
        size={size}
        danger
        onClick={() => setAsking(true)}
      >
        {t(button)}
      </OperationButton>
      {isAsking && (
        <Dialog
          open
          title={t(title, { name: nameOf(register.kind, record) })}
          okText={t(button)}
          okButtonProps={{ danger: true }}
          cancelText={t("common:cancel")}
          confirmLoading={remove.isPending}
          onOk={() => remove.mutate({ path: { id: record.id }, headers: ifMatch(record.version) })}
          onCancel={() => setAsking(false)}
        >
          <Flex vertical gap={12}>
            {about?.(record)}
            {advice !== undefined && <span>{t(advice)}</span>}
            <ProblemAlert error={remove.error} />
          </Flex>
        </Dialog>
      )}
    </>
  );
}
