import type { ConflictView, ReleaseView } from "@/api/generated/types.gen";
import { DocumentContentContext, useSurroundings } from "@/procedure/document/document-context";
import { isContent, type Content, type Json } from "@/procedure/document/fields";
import { Flex, Input } from "antd";
import { useContext, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ConflictList } from "./conflict-list";
import { FreeWindows } from "./free-windows";

interface Props {
  release: ReleaseView;
  kind: "go_live_plan" | "release_plan";
}

/** The conflicts of the window beside the plan that is being written: reasons are entered into it, a free window is taken over. */
export function PlanConflicts({ release, kind }: Props): ReactElement {
  const { set } = useSurroundings();
  return (
    <Flex vertical gap={10}>
      <ConflictList
        release={release}
        {...(kind === "go_live_plan" && { reason: (conflict: ConflictView) => <Reason conflict={conflict} /> })}
      />
      <FreeWindows release={release} onChoose={({ start, end }) => set("/window", { start, end })} />
    </Flex>
  );
}

const table = "conflict_reasons";

function rowsOf(content: Content): Content[] {
  const rows = content[table];
  return Array.isArray(rows) ? rows.filter(isContent) : [];
}

/** Why the window is kept in spite of one conflict: a row of the plan. */
function Reason({ conflict: { key, text } }: { conflict: ConflictView }): ReactElement {
  const { t } = useTranslation();
  const { set } = useSurroundings();
  const rows = rowsOf(useContext(DocumentContentContext));
  const own = rows.find((row) => row["conflict"] === key);
  const enter = (reason: string) => {
    const others = rows.filter((row) => row["conflict"] !== key);
    const entered: Json[] = reason === "" ? others : [...others, { conflict: key, reason }];
    set(`/${table}`, entered);
  };
  return (
    <Input.TextArea
      aria-label={t("conflicts:reasonFor", { text })}
      placeholder={t("conflicts:reason")}
      value={typeof own?.["reason"] === "string" ? own["reason"] : ""}
      autoSize={{ minRows: 2, maxRows: 6 }}
      onChange={({ target }) => enter(target.value)}
    />
  );
}
