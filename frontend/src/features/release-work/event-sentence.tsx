import { kindOf, placeholders, type Placeholder, type Shown } from "@/api/events";
import { compareRevisionsOptions, viewRunSheetOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { DocumentKind, EventView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { formatInstant, formatWindow } from "@/lib/time";
import { Changes } from "@/procedure/document/changes";
import type { Names } from "@/ui/names";
import { Loaded } from "@/ui/page-states";
import { tabOfDocument } from "@/procedure/commands";
import { useReleasePage } from "@/procedure/release-page";
import { useQuery } from "@tanstack/react-query";
import { Button, Flex, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { payloadAt, payloadText } from "./event-kinds";
import { useEntryTitle } from "./run-record";

/** What happened, as a sentence in the reader's language: what its kind takes is filled in from the entry. */
export function useEventTitle(names: Names): (event: EventView) => string {
  const { t, i18n } = useTranslation();
  const { release } = useReleasePage();
  const sheet = useQuery(viewRunSheetOptions({ path: { number: release.number } }));
  const stepTitle = useEntryTitle(sheet.data);
  const word = (of: string, value: string): string => (value === "" ? "" : t(`enums:${of}.${value}`));
  const fill: Record<Shown, (event: EventView, placeholder: Placeholder) => string> = {
    text: firstOf,
    bilingual: (event, { at }) => payloadAt(event, `${at[0]}/${i18n.language.startsWith("zh") ? "zh" : "en"}`),
    word: (event, placeholder) => word(placeholder.of ?? "", firstOf(event, placeholder)),
    person: (event, placeholder) => names(firstOf(event, placeholder)),
    // One that was just opened may be younger than the release at hand.
    approval: (event, placeholder) =>
      release.approvals.find(({ id }) => id === firstOf(event, placeholder))?.kind_name ??
      word("ApprovalKind", payloadText(event, "kind")),
    step: (event, placeholder) => stepTitle(firstOf(event, placeholder)),
    phase: (event, placeholder) => {
      const key = firstOf(event, placeholder);
      return key === "full" ? t("actions:fullPhase") : key;
    },
    window: (event, { at: [start = "", end = ""] }) => formatWindow(payloadAt(event, start), payloadAt(event, end)),
  };
  return (event) => {
    const taken = kindOf(event.kind).takes.map((name) => {
      const placeholder = placeholders[name];
      return [name, placeholder === undefined ? "" : fill[placeholder.shown](event, placeholder)];
    });
    // A kind that takes nothing is told by its name.
    const sentence = `events:sentence.${event.kind}`;
    return i18n.exists(sentence)
      ? t(sentence, Object.fromEntries(taken) as Record<string, string>)
      : t(`events:name.${event.kind}`, { defaultValue: event.kind });
  };
}

/** The first value of a placeholder that the entry has. */
function firstOf(event: EventView, { at }: Placeholder): string {
  return at.map((pointer) => payloadAt(event, pointer)).find((value) => value !== "") ?? "";
}

/** The members of a payload in which people said something. */
const words: readonly string[][] = [
  ["reason"],
  ["note"],
  ["text"],
  ["observed"],
  ["vote", "comment"],
  ["remark", "text"],
  ["task", "evidence", "text"],
  ["task", "waiver", "reason"],
  ["change", "return_reason"],
  ["started", "reason"],
  ["mark", "reason"],
  ["revision", "note"],
  ["revision", "submitted", "reason"],
];

/** What people said about it, what differs in a revision, and when it was written down if that was later. */
export function EventDetail({ event, names }: { event: EventView; names: Names }): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const said = words.map((path) => payloadText(event, ...path)).find((text) => text.trim() !== "");
  const revision = Number(payloadText(event, "revision", "revision"));
  const approval =
    payloadText(event, "approval_id") || (event.kind === "approval.opened" ? payloadText(event, "id") : "");
  const task = payloadText(event, "task", "id");
  const performer = payloadText(event, "performed_by");
  const late = Date.parse(event.recorded_at) - Date.parse(event.occurred_at) > 10 * 60_000;
  return (
    <Flex vertical gap={4} align="start">
      {said !== undefined && <span className="fabu-long-text">{said}</span>}
      {performer !== "" && performer !== event.actor && (
        <Typography.Text type="secondary">{t("work:timeline.performed", { name: names(performer) })}</Typography.Text>
      )}
      {late && (
        <Typography.Text type="warning">
          {t("work:timeline.late", { at: formatInstant(event.recorded_at) })}
        </Typography.Text>
      )}
      {approval !== "" && <Link to={paths.approval(approval)}>{t("work:timeline.toApproval")}</Link>}
      {task !== "" && <Link to={paths.task(task)}>{t("work:timeline.toTask")}</Link>}
      {event.kind === "document.submitted" && revision > 1 && (
        <RevisionChanges kind={payloadText(event, "document") as DocumentKind} revision={revision} />
      )}
      {event.kind === "document.submitted" && revision === 1 && (
        <Link to={paths.releaseTab(release.number, tabOfDocument(payloadText(event, "document") as DocumentKind))}>
          {t("work:timeline.toDocument")}
        </Link>
      )}
    </Flex>
  );
}

/** The differences from the revision before, read when they are asked for. */
function RevisionChanges({ kind, revision }: { kind: DocumentKind; revision: number }): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const [isOpen, setOpen] = useState(false);
  const compared = useQuery({
    ...compareRevisionsOptions({
      path: { number: release.number, kind },
      query: { from: revision - 1, to: revision },
    }),
    enabled: isOpen,
  });
  return (
    <>
      <Button size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t(isOpen ? "work:timeline.hideChanges" : "work:timeline.showChanges", { n: revision - 1 })}
      </Button>
      {isOpen && (
        <Loaded query={compared} rows={3}>
          {({ changes }) => <Changes kind={kind} changes={changes} />}
        </Loaded>
      )}
    </>
  );
}
