import type { DocumentContent, DocumentKind, ReleaseView } from "@/api/generated/types.gen";
import { Clause } from "@/ui/reasons";
import { Collapse } from "antd";
import { useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { DocumentContentContext, DocumentSurroundingsContext } from "./document-context";
import { SectionContent, Sections } from "./sections";
import { shapes } from "./shapes.gen";

interface Props {
  kind: DocumentKind;
  content: DocumentContent;
  /** The release, whose units and plan the content refers to. */
  release: ReleaseView | undefined;
  /** Sections that can be folded away, and how they stand at first; without it each is a part of the page. */
  folding?: "open" | "closed";
}

/** A document to be read: every section under its heading, with the clause that asks for it. */
export function DocumentReader({ kind, content, release, folding }: Props): ReactElement {
  const { t } = useTranslation();
  const shape = shapes[kind];
  const surroundings = useMemo(
    () => ({ set: () => undefined, missing: new Map<string, string>(), ...(release && { release }) }),
    [release],
  );
  return (
    <DocumentSurroundingsContext value={surroundings}>
      <DocumentContentContext value={content}>
        {folding === undefined ? (
          <Sections shape={shape}>
            {(section) => <SectionContent shape={shape} section={section} content={content} />}
          </Sections>
        ) : (
          <Collapse
            size="small"
            defaultActiveKey={folding === "open" ? shape.sections.map(({ name }) => name) : []}
            items={shape.sections.map((section) => ({
              key: section.name,
              collapsible: "header",
              label: <strong>{t(`contents:section.${kind}.${section.name}`)}</strong>,
              extra: <Clause clause={section.clause} />,
              children: <SectionContent shape={shape} section={section} content={content} />,
            }))}
          />
        )}
      </DocumentContentContext>
    </DocumentSurroundingsContext>
  );
}
