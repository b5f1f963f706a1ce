import type { DocumentContent, DocumentKind } from "@/api/generated/types.gen";
import { Clause } from "@/ui/procedure/reasons";
import { Collapse, Flex, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useNames } from "./names";
import { sectionsOf } from "./sections";
import { Value, isEmpty } from "./value";

interface Props {
  kind: DocumentKind;
  content: DocumentContent;
  /** The names of sections that stand open at first; all when not said. */
  open?: readonly string[];
}

/** A revision to be read: every section under its heading, with the clause that asks for it. */
export function DocumentReader({ kind, content, open }: Props): ReactElement {
  const { t } = useTranslation();
  const names = useNames(content);
  const fields = new Map<string, unknown>(Object.entries(content));
  const sections = sectionsOf[kind];
  return (
    <Collapse
      size="small"
      defaultActiveKey={[...(open ?? sections.map(({ name }) => name))]}
      items={sections.map((section) => ({
        key: section.name,
        collapsible: "header",
        label: <strong>{t(`content:section.${kind}.${section.name}`)}</strong>,
        extra: <Clause clause={section.clause} />,
        children: (
          <Flex vertical gap={8}>
            {section.fields
              .filter((name) => section.fields.length === 1 || !isEmpty(fields.get(name)))
              .map((name) => (
                <div key={name}>
                  {section.fields.length > 1 && (
                    <Typography.Text type="secondary">{t(`content:field.${name}`)}</Typography.Text>
                  )}
                  <div>
                    <Value value={fields.get(name)} path={[name]} names={names} />
                  </div>
                </div>
              ))}
          </Flex>
        ),
      }))}
    />
  );
}
