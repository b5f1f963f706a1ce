import { Clause } from "@/ui/reasons";
import { Section } from "@/ui/section";
import { Flex, Typography } from "antd";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { labelKey } from "./document-context";
import type { Content, DocumentShape, SectionOf } from "./fields";
import { ReadField, ReadFields } from "./read-view";

interface Props {
  shape: DocumentShape;
  /** What stands in a section: its fields to be filled in, or what they hold. */
  children: (section: SectionOf) => ReactNode;
}

/** The sections of a document, each with its clause and the procedure's sentence. */
export function Sections({ shape, children }: Props): ReactElement {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={16}>
      {shape.sections.map((section) => {
        const place = `${shape.kind}.${section.name}`;
        return (
          <Section
            key={section.name}
            id={`section-${section.name}`}
            title={t(`contents:section.${place}`)}
            extra={<Clause clause={section.clause} />}
          >
            <Typography.Paragraph type="secondary" className="fabu-no-print">
              {t(`document:sentence.${place}`)}
            </Typography.Paragraph>
            {children(section)}
          </Section>
        );
      })}
    </Flex>
  );
}

interface ContentProps {
  shape: DocumentShape;
  section: SectionOf;
  content: Content;
}

/** What a section holds, for reading. A section with one field needs no second heading. */
export function SectionContent({ shape, section, content }: ContentProps): ReactElement {
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
