import { Typography, theme } from "antd";
import { useMemo, type ReactElement } from "react";
import { Link } from "react-router";
import type { Chapter } from "@/api/generated/types.gen";
import { parseProcedure, textOf, type Block } from "./procedure";

/** The text of a version, clause by clause; one of its places can be lit. */
export function ProcedureText({
  chapters,
  place,
}: {
  chapters: readonly Chapter[];
  place?: string | undefined;
}): ReactElement {
  const blocks = useMemo(() => parseProcedure(textOf(chapters)), [chapters]);
  return (
    <article lang="zh-CN">
      {blocks.map((block, n) => (
        // The text never changes while it is shown.
        <Part key={n} block={block} place={place} />
      ))}
    </article>
  );
}

/** The headings of the text, each leading to its place. */
export function Contents({ blocks }: { blocks: readonly Block[] }): ReactElement {
  return (
    <ul lang="zh-CN" style={{ margin: 0, padding: 0, listStyle: "none" }}>
      {blocks.map((block) =>
        block.kind === "heading" && block.anchor !== undefined ? (
          <li key={block.anchor} style={{ paddingInlineStart: (block.level - 2) * 14, lineHeight: 1.9 }}>
            <Link to={`#${block.anchor}`}>{block.text}</Link>
          </li>
        ) : null,
      )}
    </ul>
  );
}

function Part({ block, place }: { block: Block; place: string | undefined }): ReactElement {
  const { token } = theme.useToken();
  const lit = (anchor: string | undefined) =>
    anchor !== undefined && anchor === place ? { background: token.colorWarningBg, borderRadius: 4 } : undefined;
  switch (block.kind) {
    case "heading":
      return (
        <Typography.Title
          level={block.level <= 2 ? 2 : 3}
          id={block.anchor}
          style={{ fontSize: block.level === 1 ? 19 : block.level === 2 ? 17 : 15, ...lit(block.anchor) }}
        >
          {block.text}
        </Typography.Title>
      );
    case "list":
      return (
        <ol>
          {block.items.map(({ anchor, text }) => (
            <li key={text} id={anchor} style={{ lineHeight: 1.9, ...lit(anchor) }}>
              {text}
            </li>
          ))}
        </ol>
      );
    case "table":
      return <Table rows={block.rows} />;
    case "text":
      return <Typography.Paragraph>{block.text}</Typography.Paragraph>;
  }
}

function Table({ rows: [head = [], ...rows] }: { rows: string[][] }): ReactElement {
  const { token } = theme.useToken();
  const cell = { border: `1px solid ${token.colorBorder}`, padding: "4px 8px", textAlign: "start" as const };
  return (
    <div style={{ overflowX: "auto" }}>
      <table style={{ borderCollapse: "collapse" }}>
        <thead>
          <tr>
            {head.map((text) => (
              <th key={text} scope="col" style={cell}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join()}>
              {row.map((text) => (
                <td key={text} style={cell}>
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
