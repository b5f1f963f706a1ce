import { Clause } from "@/ui/procedure/reasons";
import { Section } from "@/ui/section";
import { Flex, Typography } from "antd";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { labelKey } from "./document-context";
import { FieldsEditor } from "./field-editor";
import type { Content, DocumentShape, SectionOf } from "./fields";
import { ReadField, ReadFields } from "./read-view";

interface Props {
  shape: DocumentShape;
  content: Content;
  isEditable: boolean;
}

/** The sections of a document, each with its clause and the procedure's sentence. */
export function Sections({ shape, content, isEditable }: Props): ReactElement {
  return (
    <Flex vertical gap={16}>
      {shape.sections.map((section) => (
        <Frame key={section.name} shape={shape} section={section}>
          {isEditable ? (
            <FieldsEditor fields={section.fields} texts={`contents:${shape.kind}`} pointer="" value={content} />
          ) : (
            <Reading shape={shape} section={section} content={content} />
          )}
        </Frame>
      ))}
    </Flex>
  );
}

function Frame({
  shape,
  section,
  children,
}: {
  shape: DocumentShape;
  section: SectionOf;
  children: ReactNode;
}): ReactElement {
  const { t } = useTranslation();
  const texts = `contents:section.${shape.kind}.${section.name}`;
  return (
    <Section id={`section-${section.name}`} title={t(`${texts}.title`)} extra={<Clause clause={section.clause} />}>
      <Typography.Paragraph type="secondary" className="fabu-no-print">
        {t(`${texts}.sentence`)}
      </Typography.Paragraph>
      {children}
    </Section>
  );
}

/** A section with one field needs no second heading. */
function Reading({ shape, section, content }: Omit<Props, "isEditable"> & { section: SectionOf }): ReactElement {
  const { t } = useTranslation();
  const [only, ...others] = section.fields;
  const texts = `contents:${shape.kind}`;
  if (only !== undefined && others.length === 0) {
    return (
      <div aria-label={t(labelKey(texts, only))} role="group">
        <ReadField field={only} texts={texts} value={content[only.name]} />
      </div>
    );
  }
  return <ReadFields fields={section.fields} texts={texts} value={content} />;
}
