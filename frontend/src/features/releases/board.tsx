import { procedure } from "@/api/words";
import { viewReleaseOptions } from "@/api/generated/@tanstack/react-query.gen";
import { listReleases } from "@/api/generated/sdk.gen";
import type { ListReleasesData, ReleaseSummaryView, Stage } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { formatWindow } from "@/lib/time";
import { FilterBar } from "@/ui/list-page/filter-bar";
import { parsersOf, type Filter, type FilterValues } from "@/ui/list-page/filters";
import { SavedViews, type View } from "@/ui/list-page/saved-views";
import { MoreButton } from "@/ui/more-button";
import { Failed, Loading } from "@/ui/page-states";
import { KindTag, StatusTag, VerdictTag } from "@/procedure/release-tags";
import { useSeen } from "@/ui/use-seen";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Card, Flex, Tag, Typography } from "antd";
import { useQueryStates } from "nuqs";
import { useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { waitsOf } from "./waits";

/** Cards of a column that are shown at first. */
const limit = 10;

interface Props {
  filters: readonly Filter[];
  views: readonly View[];
  /** What the address says, as the API asks for it. */
  queryOf: (filters: FilterValues) => ListReleasesData["query"];
}

/** Releases by stage, each with what it waits for and for whom. Cards are not moved by hand: the procedure moves them. */
export function Board({ filters, views, queryOf }: Props): ReactElement {
  const { t } = useTranslation();
  const parsers = useMemo(() => parsersOf(filters), [filters]);
  const [values, setValues] = useQueryStates(parsers, { history: "push" });
  const asked = values["stage"];
  const stages = Array.isArray(asked) && asked.length > 0 ? (asked as Stage[]) : procedure.stages.underWay;
  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between" gap={8} wrap align="start">
        <FilterBar filters={filters} values={values} onChange={(changed) => void setValues(changed)} />
        <SavedViews list="releases.board" builtIn={views} />
      </Flex>
      <div className="fabu-board" tabIndex={0} role="region" aria-label={t("releases:board.label")}>
        {stages.map((stage) => (
          <Column key={stage} stage={stage} query={queryOf(values)} />
        ))}
      </div>
    </Flex>
  );
}

function Column({ stage, query }: { stage: Stage; query: ListReleasesData["query"] }): ReactElement {
  const { t } = useTranslation();
  const found = useInfiniteQuery({
    queryKey: ["board", stage, query],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const part = { ...query, stage: [stage], limit, ...(pageParam !== undefined && { cursor: pageParam }) };
      return (await listReleases({ query: part, signal, throwOnError: true })).data;
    },
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
  });
  const cards = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const name = t(`enums:Stage.${stage}`);
  const isMore = found.hasNextPage;
  return (
    <section className={cards.length === 0 ? "fabu-column fabu-column-empty" : "fabu-column"} aria-label={name}>
      <Flex gap={8} align="baseline" component="h2" className="fabu-card-title" style={{ paddingBlockEnd: 8 }}>
        {name}
        <Typography.Text type="secondary">{isMore ? `${cards.length}+` : cards.length}</Typography.Text>
      </Flex>
      {found.error !== null && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <Loading rows={3} />}
      <Flex vertical gap={8}>
        {cards.map((release) => (
          <ReleaseCard key={release.id} release={release} />
        ))}
        <MoreButton query={found} />
      </Flex>
    </section>
  );
}

function ReleaseCard({ release }: { release: ReleaseSummaryView }): ReactElement {
  const { number, title, kind, status, verdict, window } = release;
  return (
    <Card size="small">
      <Flex vertical gap={4}>
        <Flex justify="space-between" gap={8}>
          <Link to={paths.release(number)}>{number}</Link>
          <KindTag kind={kind} />
        </Flex>
        <span>{title}</span>
        {(status === "suspended" || verdict) && (
          <Flex gap={4} wrap>
            <StatusTag status={status} />
            {verdict && <VerdictTag verdict={verdict} />}
          </Flex>
        )}
        {window && (
          <Typography.Text type="secondary" style={{ fontSize: 12 }}>
            {formatWindow(window.start, window.end)}
          </Typography.Text>
        )}
        {status === "active" && <Waits number={number} />}
      </Flex>
    </Card>
  );
}

/** What the release waits for and for whom; asked when the card comes into sight. */
function Waits({ number }: { number: string }): ReactElement {
  const { t } = useTranslation();
  const { element, isSeen } = useSeen<HTMLUListElement>();
  const release = useQuery({ ...viewReleaseOptions({ path: { number } }), enabled: isSeen, staleTime: 60_000 });
  const now = new Date().toISOString();
  return (
    <ul ref={element} className="fabu-waits">
      {(release.data ? waitsOf(release.data) : []).map(({ key, what, who, due, document }) => (
        <li key={key}>
          {what}
          {document && ` · ${t(`enums:DocumentKind.${document}`)}`}
          <Typography.Text type="secondary" style={{ display: "block", fontSize: 12 }}>
            {who.length > 0 && t("releases:board.waitsFor", { who: who.join(t("common:listSeparator")) })}
            {due !== undefined && due < now && (
              <>
                {" "}
                <Tag color="red" style={{ margin: 0 }}>
                  {t("releases:board.late")}
                </Tag>
              </>
            )}
          </Typography.Text>
        </li>
      ))}
    </ul>
  );
}
