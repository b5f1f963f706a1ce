import type { RunSheetView } from "@/api/generated/types.gen";
import { formatShort } from "@/lib/time";
import { ProblemAlert } from "@/ui/problem-alert";
import { Alert, Button, Flex } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Waiting } from "./outbox";
import type { Run } from "./use-run";

interface Props {
  run: Run;
  sheet: RunSheetView;
}

/** What is written here and not yet taken by the server, what it refused, and that it cannot be reached. */
export function Unsent({ run, sheet }: Props): ReactElement {
  const { t } = useTranslation();
  const { waiting, refused } = run.pending;
  const nameOf = (entry: Waiting): string => {
    if (entry.kind === "deviation") return t("enums:EntryKind.deviation");
    const title =
      entry.kind === "step"
        ? sheet.steps.find(({ key }) => key === entry.step)?.title
        : t(`enums:RollbackGroup.${entry.group}`);
    return t("run:written", { title, result: t(`enums:StepResult.${entry.body.result}`) });
  };
  return (
    <div aria-live="polite">
      <Flex vertical gap={8}>
        {run.isCutOff && <Alert type="warning" showIcon title={t("run:cutOff")} />}
        {waiting.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title={t("run:waiting", { count: waiting.length })}
            description={
              <ul className="fabu-rows">
                {waiting.map((entry) => (
                  <li key={entry.key}>
                    {nameOf(entry)} · {formatShort(entry.at)}
                  </li>
                ))}
              </ul>
            }
            action={<Button onClick={() => void run.outbox.flush()}>{t("run:sendNow")}</Button>}
          />
        )}
        {refused.map(({ entry, problem }) => (
          <Alert
            key={entry.key}
            type="error"
            title={t("run:refused", { what: nameOf(entry) })}
            description={
              <Flex vertical gap={8}>
                {"note" in entry.body && entry.body.note && <q className="fabu-long-text">{entry.body.note}</q>}
                <ProblemAlert error={problem} />
              </Flex>
            }
            action={<Button onClick={() => run.outbox.discard(entry.key)}>{t("run:understood")}</Button>}
          />
        ))}
      </Flex>
    </div>
  );
}
