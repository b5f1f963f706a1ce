import { ifMatch, useCommand } from "@/api/command";
import {
  importCalendarYearMutation,
  replaceCalendarYearMutation,
  viewCalendarYearOptions,
} from "@/api/generated/@tanstack/react-query.gen";
import type { CalendarDecision } from "@/api/generated/types.gen";
import { FormDialog } from "@/ui/form/form-dialog";
import { ProblemAlert } from "@/ui/problem-alert";
import { useQuery } from "@tanstack/react-query";
import { Form, Input, InputNumber } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { CalendarFileField } from "./calendar-file-field";
import { ImportPreview, type Changes, type Decisions } from "./import-preview";
import { difference, type CalendarFile } from "./published";
import { earliest, latest } from "./years";

interface Fields {
  /** Named as the API names what it says of a file. */
  ics: CalendarFile;
  year: number;
  source: string;
}

/** What a file would change in a year as it stands. */
interface Preview extends Changes {
  text: string;
  year: number;
  version: number;
  decisions: Decisions;
}

interface Props {
  /** The year that the page shows; another can be chosen. */
  year: number;
  onImported: (year: number) => void;
  onClose: () => void;
}

/** Takes the days of a year from a file: what that changes is shown first. */
export function ImportDialog({ year: shown, onImported, onClose }: Props): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const file = Form.useWatch("ics", form) as CalendarFile | undefined;
  const year = (Form.useWatch("year", form) as number | null | undefined) ?? shown;
  const before = useQuery(viewCalendarYearOptions({ path: { year } }));
  const [preview, setPreview] = useState<Preview>();
  const [decided, setDecided] = useState<{ text: string; decisions: Decisions }>();
  const decisions: Decisions = decided !== undefined && decided.text === file?.text ? decided.decisions : new Map();
  const take = useCommand(importCalendarYearMutation(), ({ dry_run, year: after, ...changes }, { body }) => {
    if (dry_run) setPreview({ ...changes, text: body.ics, year: after.year, version: after.version, decisions });
    else onImported(after.year);
  });
  const replace = useCommand(replaceCalendarYearMutation(), (after) => onImported(after.year));
  const isPreviewed =
    preview !== undefined &&
    preview.text === file?.text &&
    preview.year === year &&
    preview.version === before.data?.version &&
    isSame(preview.decisions, decisions);
  const decide = (line: number, kind: CalendarDecision["kind"] | undefined) => {
    const after = new Map(decisions);
    if (kind === undefined) after.delete(line);
    else after.set(line, kind);
    setDecided({ text: file?.text ?? "", decisions: after });
  };

  const send = ({ ics: chosen, source: typed }: Fields) => {
    if (before.data === undefined || chosen.kind === "unreadable") return;
    const { version, days } = before.data;
    const known = { path: { year }, headers: ifMatch(version) };
    const source = typed.trim() === "" ? null : typed.trim();
    if (chosen.kind === "ics") {
      const sent = [...decisions].map(([line, kind]) => ({ line, kind }));
      take.mutate({ ...known, body: { ics: chosen.text, source, decisions: sent, dry_run: !isPreviewed } });
    } else if (isPreviewed) {
      replace.mutate({ ...known, body: { ...chosen.published, source } });
    } else {
      setPreview({
        ...difference(days, chosen.published.days),
        skipped: [],
        left_out: [],
        text: chosen.text,
        year,
        version,
        decisions,
      });
    }
  };
  const needed = { required: true, message: t("common:required") };
  return (
    <FormDialog<Fields>
      title={t("workingcalendar:import.title")}
      form={form}
      initialValues={{ year: shown, source: "" }}
      send={t(isPreviewed ? "workingcalendar:import.send" : "workingcalendar:import.preview")}
      onSend={send}
      onClose={onClose}
      isPending={take.isPending || replace.isPending || before.isPending}
      error={file?.kind === "published" ? replace.error : take.error}
      fields={["/ics", "/year", "/source"]}
      width={680}
    >
      <Form.Item
        name="ics"
        label={t("workingcalendar:import.file")}
        extra={t("workingcalendar:import.fileRule")}
        rules={[
          needed,
          {
            validator: (_, chosen?: CalendarFile) =>
              chosen?.kind === "unreadable"
                ? Promise.reject(new Error(t("workingcalendar:import.unreadable")))
                : Promise.resolve(),
          },
        ]}
      >
        <CalendarFileField
          onChoose={(chosen) => {
            const stated = chosen.kind === "published" ? chosen.published.year : null;
            if (typeof stated === "number") form.setFieldValue("year", stated);
          }}
        />
      </Form.Item>
      <Form.Item
        name="year"
        label={t("workingcalendar:import.year")}
        extra={t("workingcalendar:import.yearRule")}
        rules={[needed]}
      >
        <InputNumber min={earliest} max={latest} precision={0} style={{ width: 160 }} />
      </Form.Item>
      <Form.Item name="source" label={t("workingcalendar:sourceField")} extra={t("workingcalendar:sourceRule")}>
        <Input maxLength={200} />
      </Form.Item>
      <ProblemAlert error={before.error} />
      {preview !== undefined && preview.text === file?.text && preview.year === year && (
        <ImportPreview changes={preview} decisions={decisions} onDecide={decide} />
      )}
    </FormDialog>
  );
}

function isSame(one: Decisions, other: Decisions): boolean {
  return one.size === other.size && [...one].every(([line, kind]) => other.get(line) === kind);
}
