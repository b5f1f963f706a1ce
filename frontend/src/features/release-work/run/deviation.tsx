import type { ReleaseView, RunSheetView } from "@/api/generated/types.gen";
import { forget, keep, kept } from "@/lib/storage";
import { findAction } from "@/procedure/release-page";
import { Section } from "@/ui/section";
import { Button, Flex, Input, Select } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Run } from "./use-run";

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** Notes a departure from the plan; also while the server cannot be reached. */
export function Deviation({
  run,
  release,
  sheet,
}: {
  run: Run;
  release: ReleaseView;
  sheet: RunSheetView;
}): ReactElement | null {
  const { t } = useTranslation();
  const draft = `deviation.${release.number}`;
  const [note, setNote] = useState(() => kept(draft, isText) ?? "");
  const [step, setStep] = useState<string>();
  if (findAction(release, "record_deviation")?.allowed !== true) return null;
  const change = (text: string): void => {
    setNote(text);
    keep(draft, text);
  };
  return (
    <Section title={t("run:deviation")}>
      <Flex vertical gap={8}>
        <Select
          allowClear
          aria-label={t("run:deviationStep")}
          placeholder={t("run:deviationStep")}
          value={step}
          options={sheet.steps.map(({ key, title }) => ({ value: key, label: title }))}
          onChange={setStep}
        />
        <Input.TextArea
          aria-label={t("actions:label.deviation")}
          placeholder={t("actions:label.deviation")}
          value={note}
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={20_000}
          onChange={(event) => change(event.target.value)}
        />
        <Button
          size="large"
          disabled={note.trim() === ""}
          onClick={() => {
            run.outbox.write({ kind: "deviation", body: { note: note.trim(), ...(step !== undefined && { step }) } });
            setStep(undefined);
            setNote("");
            forget(draft);
          }}
        >
          {t("run:noteDeviation")}
        </Button>
      </Flex>
    </Section>
  );
}
