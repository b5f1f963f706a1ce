import { listEventsOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { EventView } from "@/api/generated/types.gen";
import { eventFamilies, familyOf } from "@/api/events";
import { apiPage } from "@/lib/api-page";
import { AdminNav } from "@/ui/admin-nav";
import { PersonSelect } from "@/ui/form/person-select";
import { Loaded, Nothing } from "@/ui/page-states";
import { Page } from "@/ui/page";
import { PersonName } from "@/ui/person-name";
import { When } from "@/ui/when";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button, Flex, Input, Select, Table, Typography } from "antd";
import type { TFunction } from "i18next";
import { parseAsInteger, parseAsString, useQueryStates } from "nuqs";
import { useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { EntryDetail } from "./entry-detail";
import { Verification } from "./verification";

const size = 50;

/** Everything that has happened, in sequence, with the check that nothing was altered (3.2). */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const [wanted, setWanted] = useQueryStates(
    { after: parseAsInteger.withDefault(0), kind: parseAsString, actor: parseAsString, subject: parseAsString },
    { history: "push" },
  );
  const { after, kind, actor, subject } = wanted;
  const found = useQuery({
    ...listEventsOptions({
      query: { after, limit: size, ...(kind && { kind }), ...(actor && { actor }), ...(subject && { subject }) },
    }),
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={t("log:title")} subtitle={t("log:subtitle")}>
      <AdminNav />
      <Verification onEnd={(seq) => void setWanted({ after: Math.max(0, seq - size) })} />
      <Flex gap={8} wrap role="search" aria-label={t("list:filters")}>
        <Select
          aria-label={t("log:kind")}
          placeholder={t("log:kind")}
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          value={kind}
          options={eventFamilies.map((family) => ({ value: `${family}.`, label: t(`events:family.${family}`) }))}
          onChange={(next: string | undefined) => void setWanted({ kind: next ?? null, after: null })}
          style={{ minWidth: 160 }}
        />
        <div style={{ width: 220 }}>
          <PersonSelect
            aria-label={t("log:actor")}
            value={actor}
            onChange={(id) => void setWanted({ actor: id ?? null, after: null })}
          />
        </div>
        <Input.Search
          key={subject}
          aria-label={t("log:subject")}
          placeholder={t("log:subjectHint")}
          defaultValue={subject ?? ""}
          allowClear
          maxLength={200}
          style={{ width: 260 }}
          onSearch={(text) => void setWanted({ subject: text.trim() === "" ? null : text.trim(), after: null })}
        />
      </Flex>
      <Loaded query={found} rows={12}>
        {({ items, next_after }) => (
          <>
            {items.length === 0 ? <Nothing text={t("log:nothing")} /> : <Entries entries={items} />}
            <Flex component="nav" aria-label={t("list:pages")} justify="end" gap={8} wrap>
              <Button disabled={after === 0} onClick={() => void setWanted({ after: null })}>
                {t("log:oldest")}
              </Button>
              <Button disabled={items.length < size} onClick={() => void setWanted({ after: next_after })}>
                {t("log:later")}
              </Button>
            </Flex>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Entries({ entries }: { entries: EventView[] }): ReactElement {
  const { t } = useTranslation();
  const columns = useMemo(() => columnsOf(t), [t]);
  return (
    <Table<EventView>
      size="small"
      rowKey={({ id }) => id}
      dataSource={entries}
      columns={columns}
      pagination={false}
      scroll={{ x: "max-content" }}
      expandable={{ expandedRowRender: (entry) => <EntryDetail entry={entry} /> }}
    />
  );
}

function columnsOf(t: TFunction): NonNullable<Parameters<typeof Table<EventView>>[0]["columns"]> {
  return [
    { key: "seq", title: t("log:seq"), align: "end", render: (_, { seq }) => seq ?? t("log:unsealed") },
    { key: "at", title: t("log:at"), render: (_, { recorded_at }) => <When at={recorded_at} /> },
    {
      key: "kind",
      title: t("log:kind"),
      render: (_, { kind }) => <Kind kind={kind} />,
    },
    { key: "subject", title: t("log:subject"), render: (_, { subject }) => subjectLink(subject) },
    { key: "actor", title: t("log:actor"), render: (_, entry) => <Actor entry={entry} /> },
  ];
}

/** What an entry is about, and what happened to it. */
function Kind({ kind }: { kind: string }): ReactElement {
  const { t } = useTranslation();
  const family = familyOf(kind);
  return (
    <Flex gap={6} align="baseline">
      <span>{family === undefined ? t("events:topic.other") : t(`events:family.${family}`)}</span>
      <Typography.Text type="secondary">{t(`events:name.${kind}`, { defaultValue: kind })}</Typography.Text>
    </Flex>
  );
}

function subjectLink(subject: string): ReactElement {
  const page = apiPage(`/api/v1/${subject}`);
  return page === undefined ? <span>{subject}</span> : <Link to={page}>{subject}</Link>;
}

/** Who did it, for whom as a deputy; the system itself has no name. */
function Actor({ entry }: { entry: EventView }): ReactElement {
  const { t } = useTranslation();
  if (entry.actor === null) return <span>{t("log:system")}</span>;
  return (
    <span>
      <PersonName id={entry.actor} />
      {entry.on_behalf_of !== null && (
        <>
          {t("log:onBehalf")}
          <PersonName id={entry.on_behalf_of} />
        </>
      )}
    </span>
  );
}
