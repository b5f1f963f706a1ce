import { listChangesOptions, viewChangeOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ChangeView } from "@/api/generated/types.gen";
import { useCustomers, useServiceObjects } from "@/api/registers";
import { paths } from "@/lib/paths";
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { Flex, Select, Tag, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

interface Props {
  /** Given by the form's label. */
  id?: string;
  value?: string[];
  onChange?: (ids: string[]) => void;
}

/** Chooses approved changes that no release carries out yet; the chosen ones stand below with whom they are for. */
export function ChangeSelect({ id, value = [], onChange }: Props): ReactElement {
  const { t } = useTranslation();
  const [q, search] = useState("");
  const ready = useQuery({
    ...listChangesOptions({
      query: { state: "approved", unassigned: true, limit: 50, ...(q.trim() !== "" && { q: q.trim() }) },
    }),
    placeholderData: keepPreviousData,
  });
  const chosen = useChosen(value);
  const offered = ready.data?.items ?? [];
  const others = chosen.filter((change) => !offered.some((other) => other.id === change.id));
  return (
    <Flex vertical gap={8}>
      <Select
        id={id}
        mode="multiple"
        value={value}
        onChange={onChange}
        loading={ready.isFetching}
        placeholder={t("newrelease:changes.placeholder")}
        notFoundContent={t("newrelease:changes.none")}
        showSearch={{ filterOption: false, onSearch: search }}
        options={[...others, ...offered].map((change) => ({
          value: change.id,
          label: `${change.number} ${change.title}`,
        }))}
      />
      <Flex vertical component="ul" gap={4} style={{ margin: 0, paddingInlineStart: 20 }}>
        {chosen.map((change) => (
          <ChosenChange key={change.id} change={change} />
        ))}
      </Flex>
    </Flex>
  );
}

/** The chosen changes in the order in which they were chosen. */
export function useChosen(ids: readonly string[]): ChangeView[] {
  return useQueries({
    queries: ids.map((id) => ({ ...viewChangeOptions({ path: { id } }), staleTime: 60_000 })),
    combine: (results) => results.flatMap(({ data }) => (data === undefined ? [] : [data])),
  });
}

function ChosenChange({ change }: { change: ChangeView }): ReactElement {
  const { t } = useTranslation();
  const objects = (useServiceObjects().data ?? []).filter(({ id }) => change.service_objects.includes(id));
  const owners = new Set(objects.map(({ customer_id }) => customer_id));
  const customers = (useCustomers().data ?? []).filter(({ id }) => owners.has(id));
  const names = [...customers, ...objects].map(({ name }) => name).join(" · ");
  return (
    <li>
      <Flex gap={8} wrap align="baseline">
        <Link to={paths.change(change.id)}>{change.number}</Link>
        <span>{change.title}</span>
        {change.kind === "emergency" && <Tag color="red">{t("enums:ChangeKind.emergency")}</Tag>}
        <Typography.Text type="secondary">{names}</Typography.Text>
      </Flex>
    </li>
  );
}
