import type { ProcedureText } from "@/api/generated/types.gen";
import { SectionContent } from "@/procedure/document/sections";
import { shapes } from "@/procedure/document/shapes.gen";
import { Section } from "@/ui/section";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

const shape = shapes.procedure_version;

/** What a version of the procedure says besides its chapters: the numbers that it sets, and what it refers to. */
export function Beyond({ text }: { text: ProcedureText }): ReactElement[] {
  const { t } = useTranslation();
  const beyond = shape.sections.filter(({ name }) => name !== "text" && name !== "change");
  return beyond.map((section) => (
    <Section key={section.name} title={t(`contents:section.${shape.kind}.${section.name}`)}>
      <SectionContent shape={shape} section={section} content={{ ...text }} />
    </Section>
  ));
}
