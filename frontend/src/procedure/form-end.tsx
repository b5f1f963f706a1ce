import { ProblemAlert } from "@/ui/problem-alert";
import { Button, Flex } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  /** What the button says. */
  label: string;
  error: unknown;
  shownAtFields: readonly string[];
  isPending: boolean;
  onClose: () => void;
}

/** The end of an action's form: why it did not work, and the two buttons. */
export function FormEnd({ label, error, shownAtFields, isPending, onClose }: Props): ReactElement {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={12}>
      <ProblemAlert error={error} shownAtFields={shownAtFields} />
      <Flex gap={8} justify="end">
        <Button onClick={onClose}>{t("common:cancel")}</Button>
        <Button type="primary" htmlType="submit" loading={isPending}>
          {label}
        </Button>
      </Flex>
    </Flex>
  );
}
