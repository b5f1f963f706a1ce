import type { ActionView, ReleaseView, StepRequest, StepResult } from "@/api/generated/types.gen";
import { keep, kept, forget } from "@/lib/storage";
import { formatShort } from "@/lib/time";
import { Reasons } from "@/ui/reasons";
import { Button, Card, Flex, Popover, Tag, Typography } from "antd";
import { useState, type ReactElement, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ResultTag } from "../run-record";
import { StepDialog } from "./step-dialog";
import { formatSpan, useNow } from "./use-run";

interface Props {
  release: ReleaseView;
  /** Names the step in this browser: when it was begun is kept under it. */
  name: string;
  n: number;
  title: string;
  /** Owner, planned time, check: what the plan says. */
  plan: ReactNode;
  result: StepResult | null;
  /** The result that is written here and not yet taken by the server. */
  unsent: StepResult | undefined;
  /** True when its turn has come. */
  isNext: boolean;
  /** What allows or forbids writing. */
  action: ActionView | undefined;
  onWrite: (body: StepRequest) => void;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** A step with buttons big enough for a glove: begun, done, with a deviation, failed. */
export function StepCard(props: Props): ReactElement {
  const { release, name, n, title, plan, result, unsent, isNext, action, onWrite } = props;
  const { t } = useTranslation();
  const begun = `begun.${release.number}.${name}`;
  const [begunAt, setBegunAt] = useState(() => kept(begun, isText));
  const [asked, setAsked] = useState<StepResult>();
  const isDone = result === "done" || result === "done_with_deviation" || result === "excused";
  const write = (body: StepRequest): void => {
    forget(begun);
    setBegunAt(undefined);
    setAsked(undefined);
    onWrite(body);
  };
  const writeDone = (): void => {
    const now = new Date().toISOString();
    write({ result: "done", started_at: begunAt ?? now, finished_at: now });
  };
  const begin = (): void => {
    const now = new Date().toISOString();
    keep(begun, now);
    setBegunAt(now);
  };
  const may = action?.allowed === true;
  return (
    <Card size="small" className={isNext ? "fabu-next-step" : ""}>
      <Flex vertical gap={8}>
        <Flex gap={8} align="baseline" wrap>
          <Typography.Text type="secondary">{n}</Typography.Text>
          <strong style={{ fontSize: 18, flex: "1 1 200px" }}>{title}</strong>
          {result !== null && <ResultTag result={result} />}
          {unsent !== undefined && (
            <Tag color="gold">{t("run:unsent", { result: t(`enums:StepResult.${unsent}`) })}</Tag>
          )}
        </Flex>
        {plan}
        {begunAt !== undefined && !isDone && <Running since={begunAt} />}
        {may && unsent === undefined && (isNext || result === "failed") && (
          <Flex gap={8} wrap>
            {begunAt === undefined ? (
              <Button size="large" onClick={begin} className="fabu-big">
                {t("run:begin")}
              </Button>
            ) : null}
            <Button size="large" type="primary" onClick={writeDone} className="fabu-big">
              {t("enums:StepResult.done")}
            </Button>
            <Button size="large" onClick={() => setAsked("done_with_deviation")} className="fabu-big">
              {t("enums:StepResult.done_with_deviation")}
            </Button>
            <Button size="large" danger onClick={() => setAsked("failed")} className="fabu-big">
              {t("enums:StepResult.failed")}
            </Button>
            <Button size="large" type="text" onClick={() => setAsked("done")}>
              {t("run:withDetails")}
            </Button>
          </Flex>
        )}
        {!may && isNext && action !== undefined && (
          <Popover trigger={["hover", "focus", "click"]} content={<Reasons reasons={action.blocked_by} />}>
            <Button aria-disabled="true" className="fabu-action fabu-blocked" style={{ alignSelf: "start" }}>
              {action.label}
            </Button>
          </Popover>
        )}
        {may && unsent === undefined && isDone && (
          <Button type="link" style={{ alignSelf: "start", paddingInline: 0 }} onClick={() => setAsked(result)}>
            {t("run:correct")}
          </Button>
        )}
      </Flex>
      {asked !== undefined && (
        <StepDialog
          release={release}
          title={title}
          step={name}
          result={asked}
          begunAt={begunAt}
          isCorrection={isDone}
          onClose={() => setAsked(undefined)}
          onWrite={write}
        />
      )}
    </Card>
  );
}

function Running({ since }: { since: string }): ReactElement {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <Typography.Text style={{ fontVariantNumeric: "tabular-nums" }}>
      {t("run:begun", { at: formatShort(since), span: formatSpan(new Date(since), now) })}
    </Typography.Text>
  );
}
