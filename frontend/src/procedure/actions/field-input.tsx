import type { ReleaseView, Role } from "@/api/generated/types.gen";
import { AttachmentsField } from "@/ui/files/attachments-field";
import { InstantField } from "@/ui/form/instant-field";
import { ItemSelect } from "@/ui/form/item-select";
import { PeopleSelect, PersonSelect } from "@/ui/form/person-select";
import { Form, Input } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import {
  ArchiveInput,
  ConfigurationInput,
  EntryInput,
  FreeChangeInput,
  OwnChangeInput,
  PhaseInput,
  RiskInput,
  StepInput,
  TaskInput,
  UnableMemberInput,
  WaitingApprovalInput,
  WordInput,
} from "./choices";
import { ConcernedDepartmentsInput } from "./concerned-departments";
import { keyOf, pathOf, type Field } from "./field";
import { PanelInput, RuleInput } from "./panel-input";
import { UnitsInput } from "./units-input";

interface Props {
  release: ReleaseView;
  field: Field;
  /** Text beside the label about this action's use of it. */
  hint?: string | undefined;
}

/** The input of a field under its label. */
export function FieldInput({ release, field, hint }: Props): ReactElement {
  const { t } = useTranslation();
  if (field.kind === "panel") return <PanelInput release={release} document={field.document ?? "release_plan"} />;
  if (field.kind === "rule") return <RuleInput />;
  const label = field.label ?? pathOf(field).at(-1) ?? "";
  return (
    <Form.Item
      key={keyOf(field)}
      name={pathOf(field)}
      label={t(`actions:label.${label}`)}
      {...(hint !== undefined && { extra: hint })}
      rules={field.required === true ? [{ required: true, message: t("common:required") }] : []}
    >
      <Control release={release} field={field} />
    </Form.Item>
  );
}

/** The control alone; the form gives it value and change through its properties. */
function Control({ release, field, ...given }: Omit<Props, "hint">): ReactElement {
  const pick = { release, field, given };
  switch (field.kind) {
    case "note":
      return <Input.TextArea {...given} autoSize={{ minRows: 3, maxRows: 12 }} maxLength={20_000} />;
    case "line":
      return <Input {...given} maxLength={200} />;
    case "code":
      return <Input {...given} maxLength={100} spellCheck={false} />;
    case "person":
      return <PersonSelect {...given} role={field.role} />;
    case "holder":
      return <HolderInput {...given} />;
    case "people":
      return <PeopleSelect {...given} />;
    case "concerned-departments":
      return <ConcernedDepartmentsInput release={release} given={given} />;
    case "instant":
      return <InstantField {...given} />;
    case "files":
      return <AttachmentsField {...given} number={release.number} />;
    case "word":
      return <WordInput {...pick} />;
    case "free-change":
      return <FreeChangeInput {...pick} />;
    case "own-change":
      return <OwnChangeInput {...pick} />;
    case "risk":
      return <RiskInput {...pick} />;
    case "phase":
      return <PhaseInput {...pick} />;
    case "step":
      return <StepInput {...pick} />;
    case "entry":
      return <EntryInput {...pick} />;
    case "archive-record":
      return <ArchiveInput {...pick} />;
    case "task":
      return <TaskInput {...pick} />;
    case "configuration-change":
      return <ConfigurationInput {...pick} />;
    case "configuration-item":
      return <ItemSelect {...given} />;
    case "waiting-approval":
      return <WaitingApprovalInput {...pick} />;
    case "unable-member":
      return <UnableMemberInput {...pick} />;
    case "units":
      return <UnitsInput {...given} release={release} />;
    case "panel":
    case "rule":
      return <></>;
  }
}

function HolderInput(given: object): ReactElement {
  const role = Form.useWatch("role") as Role | undefined;
  return <PersonSelect {...given} role={role} />;
}
