import { eventTopics, kindOf } from "@/api/events";
import { listReleaseEventsQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { listReleaseEvents } from "@/api/generated/sdk.gen";
import type { EventView } from "@/api/generated/types.gen";
import { useParts } from "@/api/parts";
import { useNames } from "@/ui/names";
import { MoreButton } from "@/ui/more-button";
import { Loaded, Nothing } from "@/ui/page-states";
import { useReleasePage } from "@/procedure/release-page";
import { Timeline } from "@/procedure/timeline";
import { Flex, Segmented, Select } from "antd";
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { useEffect, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { colorOf, peopleOf } from "./event-kinds";
import { EventDetail, useEventTitle } from "./event-sentence";

const orders = ["newest", "oldest"] as const;

/** Everything that happened to the release; each entry has an address of its own. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const { hash } = useLocation();
  const [order, setOrder] = useQueryState("order", parseAsStringLiteral(orders).withDefault("newest"));
  const [kinds, setKinds] = useQueryState("kind", parseAsArrayOf(parseAsString).withDefault([]));
  const query = { order, limit: 50 };
  const path = { number: release.number };
  const events = useParts<EventView>(listReleaseEventsQueryKey({ path, query }), (cursor, signal) =>
    listReleaseEvents({ path, query: { ...query, ...cursor }, signal, throwOnError: true }),
  );
  const loaded = events.data?.pages.flatMap(({ items }) => items) ?? [];
  useWanted(hash, loaded, events);
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap className="fabu-no-print">
        <Select
          mode="multiple"
          aria-label={t("work:timeline.filter")}
          placeholder={t("work:timeline.filter")}
          value={kinds}
          options={eventTopics.map((value) => ({ value, label: t(`events:topic.${value}`) }))}
          onChange={(chosen) => void setKinds(chosen.length === 0 ? null : chosen)}
          style={{ minWidth: 220, flex: "0 1 420px" }}
        />
        <Segmented
          aria-label={t("work:timeline.order")}
          value={order}
          options={orders.map((value) => ({ value, label: t(`work:timeline.${value}`) }))}
          onChange={(value) => void setOrder(value)}
        />
      </Flex>
      <Loaded query={events}>
        {() => {
          const shown = loaded.filter((event) => kinds.length === 0 || kinds.includes(kindOf(event.kind).topic));
          return shown.length === 0 && !events.hasNextPage ? (
            <Nothing text={t("work:timeline.nothing")} />
          ) : (
            <Entries events={shown} />
          );
        }}
      </Loaded>
      <MoreButton query={events} />
    </Flex>
  );
}

interface Growing {
  hasNextPage: boolean;
  isFetching: boolean;
  fetchNextPage: () => unknown;
}

/** Brings the entry that the address names into sight, reading on until it is there. */
function useWanted(hash: string, loaded: readonly EventView[], events: Growing): void {
  const wanted = /^#entry-(.+)$/.exec(hash)?.[1];
  const isThere = loaded.some(({ id }) => id === wanted);
  const { hasNextPage, isFetching, fetchNextPage } = events;
  useEffect(() => {
    if (wanted === undefined) return;
    if (isThere) document.getElementById(`entry-${wanted}`)?.scrollIntoView({ block: "center" });
    else if (hasNextPage && !isFetching) fetchNextPage();
  }, [wanted, isThere, hasNextPage, isFetching, fetchNextPage]);
}

function Entries({ events }: { events: readonly EventView[] }): ReactElement {
  const { t } = useTranslation();
  const names = useNames(events.flatMap(peopleOf));
  const titleOf = useEventTitle(names);
  return (
    <Timeline
      entries={events.map((event) => {
        const actor = event.actor === null ? t("work:timeline.system") : names(event.actor);
        return {
          id: event.id,
          at: event.occurred_at,
          title: titleOf(event),
          who:
            event.on_behalf_of === null ? actor : t("work:timeline.deputy", { actor, name: names(event.on_behalf_of) }),
          color: colorOf(event),
          detail: <EventDetail event={event} names={names} />,
        };
      })}
    />
  );
}
