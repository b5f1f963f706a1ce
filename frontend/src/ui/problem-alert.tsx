import { ApiProblem, NoAnswer } from "@/api/problem";
import { NotConfirmed } from "@/api/reauthentication";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Space, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Reasons } from "./reasons";

interface Props {
  /** What was thrown; nothing is shown for none, and for a question that the person closed. */
  error: unknown;
  /** Pointers of fields that say so themselves. */
  shownAtFields?: readonly string[];
}

/** Why something did not work, with what can be done about it and the number that finds it in the log. */
export function ProblemAlert({ error, shownAtFields = [] }: Props): ReactElement | null {
  const { t } = useTranslation();
  const queries = useQueryClient();
  if (error === null || error === undefined || error instanceof NotConfirmed) return null;
  if (!(error instanceof ApiProblem)) {
    return error instanceof NoAnswer ? (
      <Alert
        type="error"
        showIcon
        role="alert"
        title={t("problems:noAnswer.title")}
        description={t("problems:noAnswer.advice")}
      />
    ) : (
      <Alert
        type="error"
        showIcon
        role="alert"
        title={t("problems:unexpected.title")}
        description={t("problems:unexpected.advice")}
      />
    );
  }
  const fields = error.fields.filter(({ pointer }) => !shownAtFields.includes(pointer));
  return (
    <Alert
      type={error.status === 409 || error.isStale ? "warning" : "error"}
      showIcon
      role="alert"
      title={error.problem.title}
      description={
        <Space orientation="vertical" size="small" style={{ width: "100%" }}>
          {error.reasons.length > 0 && <Reasons reasons={error.reasons} />}
          {fields.length > 0 && (
            <ul style={{ margin: 0, paddingInlineStart: 20 }}>
              {fields.map((field) => (
                <li key={field.pointer + field.code}>
                  <code>{field.pointer}</code> {field.message}
                </li>
              ))}
            </ul>
          )}
          {error.isStale && (
            <Button size="small" onClick={() => void queries.invalidateQueries()}>
              {t("problems:reload")}
            </Button>
          )}
          <RequestNumber id={error.problem.request_id} />
        </Space>
      }
    />
  );
}

/** The number of a request, to copy into a message to whoever runs the system. */
export function RequestNumber({ id }: { id: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <Typography.Text type="secondary" style={{ fontSize: 12 }}>
      {t("problems:requestNumber")}{" "}
      <Typography.Text copyable type="secondary" style={{ fontSize: 12, wordBreak: "break-all" }}>
        {id}
      </Typography.Text>
    </Typography.Text>
  );
}
