import { listDeputiesOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { DeputyView } from "@/api/generated/types.gen";
import { useMe } from "@/api/me";
import { formatDay, today } from "@/lib/time";
import { AdminNav } from "@/ui/admin-nav";
import type { Column } from "@/ui/list-page/columns";
import type { Filter } from "@/ui/list-page/filters";
import { ListPage } from "@/ui/list-page/list-page";
import { plainQuery } from "@/ui/list-page/plain-query";
import { Page } from "@/ui/page";
import { PlusOutlined } from "@ant-design/icons";
import { Button, Card } from "antd";
import type { TFunction } from "i18next";
import { useMemo, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { DeputyDialog } from "./deputy-dialog";
import { DeputyLine, DeputyPeople, DeputyState, EndDeputy } from "./deputy-line";

/** Who stands in for whom, and when: one's own arrangements and, for an administrator, everybody's. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const [isAdding, setAdding] = useState(false);
  const filters = useMemo(() => filtersOf(t, me?.id), [t, me?.id]);
  const columns = useMemo(() => columnsOf(t), [t]);
  return (
    <Page
      title={t("registers:deputies.title")}
      subtitle={t("registers:deputies.subtitle")}
      extra={
        <Button type="primary" icon={<PlusOutlined />} disabled={me === undefined} onClick={() => setAdding(true)}>
          {t("registers:deputies.add")}
        </Button>
      }
    >
      <AdminNav />
      <ListPage
        name="deputies"
        filters={filters}
        columns={columns}
        query={(ask) => listDeputiesOptions({ query: plainQuery(ask) })}
        rowKey={({ id }) => id}
        card={(deputy) => (
          <Card size="small">
            <DeputyLine deputy={deputy} />
          </Card>
        )}
        views={[
          { name: t("registers:deputies.all"), search: "" },
          { name: t("registers:deputies.mine"), search: `user_id=${me?.id ?? ""}` },
          { name: t("registers:deputies.today"), search: `on=${today()}` },
        ]}
        nothing={{ text: t("registers:deputies.nothing") }}
      />
      {isAdding && me !== undefined && <DeputyDialog principal={me.id} onClose={() => setAdding(false)} />}
    </Page>
  );
}

function filtersOf(t: TFunction, me: string | undefined): Filter[] {
  return [
    {
      kind: "choice",
      key: "user_id",
      label: t("registers:deputies.whose"),
      options: me === undefined ? [] : [{ value: me, label: t("registers:deputies.mine") }],
    },
    {
      kind: "choice",
      key: "on",
      label: t("registers:deputies.when"),
      options: [{ value: today(), label: t("registers:deputies.today") }],
    },
  ];
}

function columnsOf(t: TFunction): Column<DeputyView>[] {
  return [
    {
      key: "people",
      title: t("registers:deputies.people"),
      fixed: true,
      render: (deputy) => <DeputyPeople deputy={deputy} />,
    },
    { key: "from", title: t("registers:deputies.from"), render: ({ from }) => formatDay(from) },
    { key: "until", title: t("registers:deputies.until"), render: ({ until }) => formatDay(until) },
    { key: "state", title: t("registers:deputies.state"), render: (deputy) => <DeputyState deputy={deputy} /> },
    { key: "end", title: t("registers:deputies.step"), render: (deputy) => <EndDeputy deputy={deputy} /> },
  ];
}
