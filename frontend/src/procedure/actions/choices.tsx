import { words } from "@/api/words";
import {
  listChangesOptions,
  viewRevisionOptions,
  viewRunSheetOptions,
} from "@/api/generated/@tanstack/react-query.gen";
import type { ReleasePlan, ReleaseView } from "@/api/generated/types.gen";
import { useQuery } from "@tanstack/react-query";
import { Form, Select } from "antd";
import { useEffect, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "./field";

/** What a form gives to the control of a field. */
export interface Given {
  id?: string;
  value?: unknown;
  onChange?: (value: unknown) => void;
}

export interface InputProps {
  release: ReleaseView;
  field: Field;
  given: Given;
}

interface Choice {
  value: string | number;
  label: string;
}

interface PickProps extends Given {
  choices: readonly Choice[];
  isLoading?: boolean;
  nothing?: string;
}

/** One of several, found by typing. */
function Pick({ id, value, onChange, choices, isLoading = false, nothing }: PickProps): ReactElement {
  return (
    <Select
      {...(id !== undefined && { id })}
      allowClear
      showSearch={{ optionFilterProp: "label" }}
      loading={isLoading}
      value={value as string | number | undefined}
      options={[...choices]}
      onChange={(chosen) => onChange?.(chosen)}
      {...(nothing !== undefined && { notFoundContent: nothing })}
    />
  );
}

export function WordInput({ field, given }: InputProps): ReactElement {
  const { t } = useTranslation();
  if (field.words === undefined) return <Pick {...given} choices={[]} />;
  const { schema, among = words[schema] } = field.words;
  return <Pick {...given} choices={among.map((value) => ({ value, label: t(`enums:${schema}.${value}`) }))} />;
}

export function TaskInput({ release, field, given }: InputProps): ReactElement {
  const tasks = release.tasks.filter(({ state }) => field.states?.includes(state));
  return (
    <Pick
      {...given}
      choices={tasks.map(({ id, title, assignee }) => ({ value: id, label: `${title} · ${assignee.name}` }))}
    />
  );
}

/** The open approvals that wait for somebody who can act no more. */
export function WaitingApprovalInput({ release, given }: InputProps): ReactElement {
  const { t } = useTranslation();
  const waiting = release.approvals.filter(({ members }) => members.some(({ unable }) => unable));
  return (
    <Pick
      {...given}
      choices={waiting.map(({ id, kind_name }) => ({ value: id, label: kind_name }))}
      nothing={t("actions:nothing.unable")}
    />
  );
}

/** Members of the chosen approval who can act no more, each with the reason. */
export function UnableMemberInput({ release, given }: InputProps): ReactElement {
  const { t } = useTranslation();
  const chosen = Form.useWatch("approval_id") as string | undefined;
  const members = release.approvals.find(({ id }) => id === chosen)?.members ?? [];
  const unable = members.filter((member) => member.unable);
  return (
    <Pick
      {...given}
      choices={unable.map(({ user, notice }) => ({ value: user.id, label: [user.name, notice].join(" · ") }))}
      nothing={t("actions:nothing.unable")}
    />
  );
}

export function ConfigurationInput({ release, field, given }: InputProps): ReactElement {
  const items = release.configuration_changes.filter(({ state }) => field.states?.includes(state));
  return (
    <Pick
      {...given}
      choices={items.map(({ id, item, planned_version }) => ({ value: id, label: `${item} · ${planned_version}` }))}
    />
  );
}

export function OwnChangeInput({ release, given }: InputProps): ReactElement {
  return (
    <Pick
      {...given}
      choices={release.changes.map(({ id, number, title }) => ({ value: id, label: `${number} ${title}` }))}
    />
  );
}

export function FreeChangeInput({ given }: InputProps): ReactElement {
  const { t } = useTranslation();
  const changes = useQuery(listChangesOptions({ query: { state: "approved", unassigned: true, limit: 100 } }));
  const choices = changes.data?.items.map(({ id, number, title }) => ({ value: id, label: `${number} ${title}` }));
  return (
    <Pick {...given} choices={choices ?? []} isLoading={changes.isPending} nothing={t("actions:nothing.change")} />
  );
}

export function RiskInput({ release, given }: InputProps): ReactElement {
  const { t } = useTranslation();
  const revision = release.documents.find(({ kind }) => kind === "release_plan")?.revision ?? 0;
  const plan = useQuery({
    ...viewRevisionOptions({ path: { number: release.number, kind: "release_plan", revision } }),
    enabled: revision > 0,
  });
  const risks = (plan.data?.content as ReleasePlan | undefined)?.risks ?? [];
  const choices = risks
    .filter(({ residual }) => residual === "high")
    .map(({ key = "", cause = "" }) => ({ value: key, label: cause }));
  return <Pick {...given} choices={choices} isLoading={plan.isFetching} nothing={t("actions:nothing.risk")} />;
}

export function ArchiveInput({ release, given }: InputProps): ReactElement {
  const missing = release.archive.filter(({ presence }) => presence === "missing");
  return <Pick {...given} choices={missing.map(({ record, name }) => ({ value: record, label: name }))} />;
}

/** The run sheet, for phases, steps and entries; nothing before there is one. */
function useRunSheet(release: ReleaseView) {
  return useQuery({ ...viewRunSheetOptions({ path: { number: release.number } }), retry: false });
}

/** A phase of the deployment; where one is needed, the one that is going on stands there at first. */
export function PhaseInput({ release, field, given }: InputProps): ReactElement {
  const { t } = useTranslation();
  const sheet = useRunSheet(release);
  const current = field.required === true ? sheet.data?.current_phase : undefined;
  const { value, onChange } = given;
  useEffect(() => {
    if (value === undefined && current) onChange?.(current);
  }, [value, current, onChange]);
  const phases = sheet.data?.phases ?? [];
  const offered = field.required === true ? phases : phases.filter(({ key }) => key !== "full");
  return (
    <Pick
      {...given}
      isLoading={sheet.isPending}
      nothing={t("actions:nothing.phase")}
      choices={offered.map(({ key }) => ({ value: key, label: key === "full" ? t("actions:fullPhase") : key }))}
    />
  );
}

export function StepInput({ release, given }: InputProps): ReactElement {
  const sheet = useRunSheet(release);
  const steps = sheet.data?.steps ?? [];
  return (
    <Pick
      {...given}
      isLoading={sheet.isPending}
      choices={steps.map(({ key, title }) => ({ value: key, label: title }))}
    />
  );
}

export function EntryInput({ release, given }: InputProps): ReactElement {
  const { t } = useTranslation();
  const sheet = useRunSheet(release);
  const entries = (sheet.data?.entries ?? []).filter(({ kind }) => kind === "step" || kind === "rollback_step");
  const titles = new Map(sheet.data?.steps.map(({ key, title }) => [key, title]));
  return (
    <Pick
      {...given}
      isLoading={sheet.isPending}
      choices={entries.map(({ n, step }) => ({
        value: n,
        label: t("actions:entry", { n, step: titles.get(step) ?? step }),
      }))}
    />
  );
}
