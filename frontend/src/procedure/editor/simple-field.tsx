import { words } from "@/api/words";
import { Chooser, ManyChooser } from "@/ui/form/chooser";
import { InstantField } from "@/ui/form/instant-field";
import { ItemSelect } from "@/ui/form/item-select";
import { LinesField } from "@/ui/form/lines-field";
import { PersonSelect } from "@/ui/form/person-select";
import { DatePicker, Flex, Input, InputNumber, Radio, Select, Switch } from "antd";
import dayjs from "dayjs";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useSurroundings } from "@/procedure/document/document-context";
import type { Content, Field, Json, Target } from "@/procedure/document/fields";
import { useServiceObjectChoices, useTargets } from "@/procedure/document/targets";

interface Props {
  field: Field;
  id: string;
  label: string;
  value: Json | undefined;
  /** Enters the value, and what follows from it for fields beside it. */
  onChange: (value: Json, beside?: Content) => void;
}

const texts = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
const text = (value: Json | undefined): string => (typeof value === "string" ? value : "");

/** The control of a field that is no group and no table. */
export function SimpleField({ field, id, label, value, onChange }: Props): ReactElement | null {
  const { t } = useTranslation();
  switch (field.kind) {
    case "text":
    case "key":
      return <Input id={id} value={text(value)} maxLength={20_000} onChange={(e) => onChange(e.target.value)} />;
    case "longText":
      return (
        <Input.TextArea
          id={id}
          value={text(value)}
          autoSize={{ minRows: 2, maxRows: 16 }}
          maxLength={20_000}
          onChange={(e) => onChange(e.target.value)}
        />
      );
    case "lines":
      return <LinesField id={id} value={texts(value)} onChange={onChange} />;
    case "person":
      return <PersonSelect id={id} value={text(value) || null} onChange={(chosen) => onChange(chosen ?? null)} />;
    case "instant":
      return <InstantField id={id} value={text(value) || null} onChange={(instant) => onChange(instant ?? null)} />;
    case "day":
      return (
        <DatePicker
          id={id}
          value={text(value) ? dayjs(text(value)) : null}
          format="YYYY-MM-DD"
          placeholder={t("document:day")}
          style={{ width: "100%" }}
          onChange={(day) => onChange(day ? day.format("YYYY-MM-DD") : null)}
        />
      );
    case "minutes":
    case "number":
      return (
        <InputNumber
          id={id}
          min={0}
          max={1_000_000}
          precision={0}
          value={typeof value === "number" ? value : 0}
          suffix={field.kind === "minutes" ? t("document:minutes") : undefined}
          style={{ width: "100%" }}
          onChange={(n) => onChange(n ?? 0)}
        />
      );
    case "flag":
      return (
        <Switch
          id={id}
          aria-label={label}
          checked={value === true}
          onChange={(is) => onChange(is)}
          style={{ alignSelf: "flex-start" }}
        />
      );
    case "yesNo":
      return (
        <Radio.Group
          id={id}
          aria-label={label}
          value={value ?? null}
          onChange={(e) => onChange(e.target.value === true)}
          options={[
            { value: true, label: t("document:yes") },
            { value: false, label: t("document:no") },
          ]}
        />
      );
    case "choice":
      return (
        <Chooser
          id={id}
          choices={words[field.of].map((word) => ({ value: word, label: t(`enums:${field.of}.${word}`) }))}
          value={text(value)}
          onChange={(chosen) => onChange(chosen ?? null)}
        />
      );
    case "serviceObject":
      return <ServiceObject id={id} value={text(value)} onChange={onChange} />;
    case "serviceObjects":
      return <ServiceObjects id={id} value={texts(value)} onChange={onChange} />;
    case "itemNumber":
      return (
        <ItemSelect
          id={id}
          value={text(value)}
          onChange={(number, item) => onChange(number ?? "", item && { name: item.name })}
        />
      );
    case "reference":
      return <Reference id={id} to={field.to} value={text(value)} onChange={onChange} />;
    case "references":
      return <References id={id} to={field.to} value={texts(value)} onChange={onChange} />;
    case "unit":
      return <Unit id={id} value={text(value)} onChange={onChange} />;
    case "unitNames":
      return <UnitNames id={id} value={texts(value)} onChange={onChange} />;
    default:
      return null;
  }
}

interface OneProps {
  id: string;
  value: string;
  onChange: (value: Json) => void;
}

interface SeveralProps {
  id: string;
  value: string[];
  onChange: (value: Json) => void;
}

function ServiceObject({ id, value, onChange }: OneProps): ReactElement {
  return (
    <Chooser
      id={id}
      choices={useServiceObjectChoices()}
      value={value}
      onChange={(chosen) => onChange(chosen ?? null)}
    />
  );
}

function ServiceObjects({ id, value, onChange }: SeveralProps): ReactElement {
  return <ManyChooser id={id} choices={useServiceObjectChoices()} value={value} onChange={onChange} />;
}

function Reference({ id, to, value, onChange }: OneProps & { to: Target }): ReactElement {
  return <Chooser id={id} choices={useTargets(to)} value={value} onChange={(chosen) => onChange(chosen ?? "")} />;
}

function References({ id, to, value, onChange }: SeveralProps & { to: Target }): ReactElement {
  return <ManyChooser id={id} choices={useTargets(to)} value={value} onChange={onChange} />;
}

function Unit({ id, value, onChange }: OneProps): ReactElement {
  const { release } = useSurroundings();
  const choices = release?.units.map((unit) => ({ value: unit.id, label: `${unit.name} ${unit.version}` })) ?? [];
  return <Chooser id={id} choices={choices} value={value} onChange={(chosen) => onChange(chosen ?? null)} />;
}

/** Units can be named before they are registered, so that names can also be typed. */
function UnitNames({ id, value, onChange }: SeveralProps): ReactElement {
  const { t } = useTranslation();
  const { release } = useSurroundings();
  return (
    <Flex vertical>
      <Select
        id={id}
        mode="tags"
        value={value}
        placeholder={t("document:unitNames")}
        options={[...new Set(release?.units.map(({ name }) => name))].map((name) => ({ value: name, label: name }))}
        onChange={(chosen: string[]) => onChange(chosen)}
      />
    </Flex>
  );
}
