import { below } from "@/lib/base-path";
import { currentLanguage } from "@/lib/language";
import { paths } from "@/lib/paths";
import { startTour } from "@/lib/tour";
import { LinkButton } from "@/ui/link-button";
import { Page } from "@/ui/page";
import { Alert, Card, Flex, Grid, Typography, theme } from "antd";
import { useEffect, useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { anchorsOf, parseProcedure, placeOf, type Block } from "./procedure";

/** The procedure itself, clause by clause, so that every reason elsewhere can lead to its text; and where else help is. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const { hash } = useLocation();
  const isWide = Grid.useBreakpoint().lg ?? true;
  const blocks = useMemo(() => parseProcedure(), []);
  const clause = decodeURIComponent(hash.replace(/^#clause-/, ""));
  const place = hash === "" ? undefined : placeOf(clause, anchorsOf(blocks));
  useEffect(() => {
    if (place !== undefined) document.getElementById(place)?.scrollIntoView({ block: "center" });
  }, [place, hash]);
  return (
    <Page title={t("help:title")} subtitle={t("help:subtitle")}>
      {hash !== "" && place === undefined && <Alert type="info" showIcon title={t("help:noClause", { clause })} />}
      {currentLanguage() !== "zh-CN" && <Alert type="info" showIcon title={t("help:chineseOnly")} />}
      <Flex gap={16} align="start" vertical={!isWide}>
        <Flex vertical gap={16} style={{ flex: "0 0 260px", width: isWide ? 260 : "100%" }}>
          <Card size="small" title={<h2 className="fabu-card-title">{t("help:contents")}</h2>}>
            <Contents blocks={blocks} />
          </Card>
          <Card size="small" title={<h2 className="fabu-card-title">{t("help:more")}</h2>}>
            <Flex vertical gap={8}>
              <a href={below("/api/docs/")}>{t("help:api")}</a>
              <span>{t("help:keys")}</span>
              <LinkButton to={paths.workbench} size="small" onPress={startTour}>
                {t("help:tour")}
              </LinkButton>
            </Flex>
          </Card>
        </Flex>
        <Card size="small" style={{ flex: 1, minWidth: 0, width: isWide ? undefined : "100%" }}>
          <article lang="zh-CN">
            {blocks.map((block, n) => (
              // The text never changes while it is shown.
              <Part key={n} block={block} place={place} />
            ))}
          </article>
        </Card>
      </Flex>
    </Page>
  );
}

function Contents({ blocks }: { blocks: readonly Block[] }): ReactElement {
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
