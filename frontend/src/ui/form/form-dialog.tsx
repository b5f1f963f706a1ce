import { ProblemAlert } from "@/ui/problem-alert";
import { Dialog } from "@/ui/dialog";
import { Form, type FormInstance } from "antd";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useProblemFields } from "./problem-fields";

interface Props<T extends object> {
  /** What the dialog is for; it is open as long as it is mounted. */
  title: ReactNode;
  form: FormInstance<T>;
  initialValues?: Partial<T>;
  /** The words on the button that sends it. */
  send: string;
  danger?: boolean;
  onSend: (fields: T) => void;
  onClose: () => void;
  isPending: boolean;
  error: unknown;
  /** Pointers that the form has fields for. */
  fields: readonly string[];
  width?: number;
  children: ReactNode;
}

/** A form over the page: what was typed stays until it was accepted, and what the API refuses is said at the fields. */
export function FormDialog<T extends object>(props: Props<T>): ReactElement {
  const { title, form, initialValues, send, danger, onSend, onClose, isPending, error, fields, width, children } =
    props;
  const { t } = useTranslation();
  const shown = useProblemFields(form, error, fields);
  return (
    <Dialog
      open
      title={title}
      width={width ?? 560}
      mask={{ closable: false }}
      okText={send}
      cancelText={t("common:cancel")}
      okButtonProps={{ danger: danger === true }}
      confirmLoading={isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<T>
        form={form}
        layout="vertical"
        initialValues={initialValues}
        onFinish={onSend}
        style={{ paddingBlockStart: 8 }}
      >
        {children}
      </Form>
      <ProblemAlert error={error} shownAtFields={shown} />
    </Dialog>
  );
}
