import type { ReleaseView, RunSheetView } from "@/api/generated/types.gen";
import { useNames } from "@/ui/names";
import { Clause } from "@/ui/reasons";
import { findAction } from "@/procedure/release-page";
import { Section } from "@/ui/section";
import { Flex } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useGoLivePlan } from "../plans";
import { StepCard } from "./step-card";
import type { Run } from "./use-run";

interface Props {
  run: Run;
  release: ReleaseView;
  sheet: RunSheetView;
}

/** The five groups of the rollback in the order of 5.2, each with what the plan says about it. */
export function RollbackGroups({ run, release, sheet }: Props): ReactElement {
  const { t } = useTranslation();
  const steps = useGoLivePlan(release)?.rollback_steps ?? [];
  const names = useNames(steps.map(({ person }) => person));
  const unsent = new Map(
    [...run.pending.taken, ...run.pending.waiting].flatMap((entry) =>
      entry.kind === "rollback" ? [[entry.group, entry.body.result] as const] : [],
    ),
  );
  const first = sheet.rollback.groups.find(({ group, done }) => !done && !unsent.has(group))?.group;
  return (
    <Section title={t("work:deployment.rollback")}>
      <Flex vertical gap={10}>
        {sheet.rollback.groups.map(({ group, name, clause, result }, index) => (
          <StepCard
            key={group}
            release={release}
            name={group}
            n={index + 1}
            title={name}
            plan={
              <Flex vertical gap={2}>
                <Clause clause={clause} />
                <ol className="fabu-rows">
                  {steps
                    .filter((step) => step.group === group)
                    .map(({ key, title, person, duration_minutes }) => (
                      <li key={key}>
                        {title}
                        {person && ` · ${names(person)}`}
                        {duration_minutes ? ` · ${t("run:minutes", { minutes: duration_minutes })}` : ""}
                      </li>
                    ))}
                </ol>
              </Flex>
            }
            result={result}
            unsent={unsent.get(group)}
            isNext={group === first}
            action={findAction(release, "record_rollback")}
            onWrite={(body) => run.outbox.write({ kind: "rollback", group, body })}
          />
        ))}
      </Flex>
    </Section>
  );
}
