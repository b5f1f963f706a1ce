import type { PermittedOperation } from "@/api/permitted";
import { Loaded, Nothing } from "@/ui/page-states";
import { PermittedButton } from "@/ui/permitted-button";
import { Section } from "@/ui/section";
import { PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Entry {
  id: string;
  name: string;
}

interface Props<T extends Entry> {
  query: { data: T[] | undefined; error: unknown; refetch: () => unknown };
  operation: PermittedOperation;
  add: string;
  nothing: string;
  /** One line about an entry. */
  about: (entry: T) => string;
  /** The register's own form: for an entry, or for another one. */
  dialog: (entry: T | undefined, close: () => void) => ReactElement;
}

/** What a register holds so far, and its form. */
export function RegisterStep<T extends Entry>(props: Props<T>): ReactElement {
  const { query, operation, add, nothing, about, dialog } = props;
  const { t } = useTranslation();
  const [open, setOpen] = useState<T | "new">();
  return (
    <Section
      title={t("registers:setup.soFar")}
      extra={
        <PermittedButton operation={operation} size="small" icon={<PlusOutlined />} onClick={() => setOpen("new")}>
          {add}
        </PermittedButton>
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
