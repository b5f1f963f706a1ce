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
  const { sound, events, seals, unsealed, head, first_bad_seq, fault } = found;
  return (
    <Alert
      type={sound ? "success" : "error"}
      showIcon
      role="status"
      title={t(sound ? "log:sound" : "log:broken", { seq: first_bad_seq ?? "" })}
      description={
        <Flex vertical>
          <span>{t("log:checked", { events, seals, unsealed })}</span>
          {fault !== null && <span>{fault}</span>}
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
