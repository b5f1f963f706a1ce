import { verifyEventsOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { VerificationView } from "@/api/generated/types.gen";
import { ProblemAlert } from "@/ui/problem-alert";
import { PermittedButton } from "@/ui/permitted-button";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Flex, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** Recomputes the chain of seals over the whole log when asked to. */
export function Verification({ onEnd }: { onEnd: (seq: number) => void }): ReactElement {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  const check = useQuery({ ...verifyEventsOptions(), enabled: isAsked, staleTime: Infinity });
  return (
    <Flex vertical gap={8}>
      <Flex gap={8} wrap>
        <PermittedButton
          operation="verify_events"
          loading={check.isFetching}
          onClick={() => {
            if (isAsked) void check.refetch();
            else setAsked(true);
          }}
        >
          {t("log:verify")}
        </PermittedButton>
        {check.data !== undefined && <Button onClick={() => onEnd(check.data.seals)}>{t("log:newest")}</Button>}
      </Flex>
      <ProblemAlert error={check.error} />
      {check.data !== undefined && <Finding found={check.data} />}
    </Flex>
  );
}

function Finding({ found }: { found: VerificationView }): ReactElement {
  const { t } = useTranslation();
  const { sound, events, seals, rows, unsealed, head, first_bad_seq, fault, record_faults, record_fault_count } = found;
  const broken =
    first_bad_seq === null
      ? t("log:records_changed", { count: record_fault_count })
      : t("log:broken", { seq: first_bad_seq });
  return (
    <Alert
      type={sound ? "success" : "error"}
      showIcon
      role="status"
      title={sound ? t("log:sound") : broken}
      description={
        <Flex vertical>
          <span>{t("log:checked", { events, seals, rows, unsealed })}</span>
          {fault !== null && <span>{fault}</span>}
          {record_faults.map(({ record, what }, n) => (
            <span key={n}>
              {record}
              {t("common:colon")}
              {what}
            </span>
          ))}
          {record_fault_count > record_faults.length && (
            <span>{t("log:more_records", { count: record_fault_count - record_faults.length })}</span>
          )}
          {head !== null && (
            <span>
              {t("log:head")}
              {t("common:colon")}
              <Typography.Text copyable style={{ wordBreak: "break-all" }}>
                {head}
              </Typography.Text>
            </span>
          )}
        </Flex>
      }
    />
  );
}
