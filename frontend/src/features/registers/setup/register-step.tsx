import { Loaded, Nothing } from "@/ui/page-states";
import { Section } from "@/ui/section";
import { PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { OperationButton } from "../register/operation-button";
import type { RecordForm, RegisterRecord } from "../register/register";
import { RegisterDialog } from "../register/register-dialog";
import { registerTexts } from "../register/shape";
import { registers } from "../registers.gen";

interface Entry {
  id: string;
  name: string;
}

interface Props<T extends Entry> {
  query: { data: T[] | undefined; error: unknown; refetch: () => unknown };
  operation: string;
  add: string;
  nothing: string;
  /** One line about an entry. */
  about: (entry: T) => string;
  /** The form: for an entry, or for another one. */
  dialog: (entry: T | undefined, close: () => void) => ReactElement;
}

interface RegisterProps<R extends RegisterRecord & Entry, B extends object> extends Pick<Props<R>, "query" | "about"> {
  register: RecordForm<R, B>;
}

/** What a register holds so far, and its form. */
export function RegisterStep<R extends RegisterRecord & Entry, B extends object>(
  props: RegisterProps<R, B>,
): ReactElement {
  const { register, query, about } = props;
  const { t } = useTranslation();
  const { add, nothing } = registerTexts(t, register.kind);
  return (
    <EntriesStep
      query={query}
      operation={registers[register.kind].operations.create}
      add={add}
      nothing={nothing}
      about={about}
      dialog={(record, close) => (
        <RegisterDialog register={register} {...(record !== undefined && { record })} onClose={close} />
      )}
    />
  );
}

/** The entries so far, and a form for each and for another one. */
export function EntriesStep<T extends Entry>(props: Props<T>): ReactElement {
  const { query, operation, add, nothing, about, dialog } = props;
  const { t } = useTranslation();
  const [open, setOpen] = useState<T | "new">();
  return (
    <Section
      title={t("registers:setup.soFar")}
      extra={
        <OperationButton operation={operation} size="small" icon={<PlusOutlined />} onClick={() => setOpen("new")}>
          {add}
        </OperationButton>
      }
    >
      <Loaded query={query} rows={4}>
        {(entries) =>
          entries.length === 0 ? (
            <Nothing text={nothing} />
          ) : (
            <ul className="fabu-plain-list">
              {entries.map((entry) => (
                <li key={entry.id}>
                  <Flex gap={8} wrap align="baseline">
                    <span>{entry.name}</span>
                    <Typography.Text type="secondary" style={{ flex: 1 }}>
                      {about(entry)}
                    </Typography.Text>
                    <Button
                      size="small"
                      onClick={() => setOpen(entry)}
                      aria-label={`${t("registers:edit")} ${entry.name}`}
                    >
                      {t("registers:edit")}
                    </Button>
                  </Flex>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {open !== undefined && dialog(open === "new" ? undefined : open, () => setOpen(undefined))}
    </Section>
  );
}
