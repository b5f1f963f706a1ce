import type {
  EmergencyView,
  ExemptedView,
  FailureView,
  FiguresView,
  LateReleaseView,
  Review,
} from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { formatShort } from "@/lib/time";
import { Clause } from "@/ui/reasons";
import { VerdictTag } from "@/procedure/release-tags";
import { Section } from "@/ui/section";
import { Table, Tag, Typography, type TableProps } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

const reviewColors: Record<Review, string> = { owed: "red", done: "green", history: "default", not_needed: "default" };

/** What the quarter leaves open: failures and their reviews, late closures and reports, what emergencies still owe. */
export function OpenPoints({ figures }: { figures: FiguresView }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <Part<FailureView>
        title={t("quarterly:failures.title")}
        clause="3.5"
        nothing={t("quarterly:failures.none")}
        rows={figures.failures}
        columns={[
          {
            key: "verdict",
            title: t("releases:column.verdict"),
            render: (_, { verdict }) => <VerdictTag verdict={verdict} />,
          },
          {
            key: "review",
            title: t("quarterly:failures.review"),
            render: (_, { number, review }) =>
              review === "owed" || review === "done" ? (
                <Link to={paths.releaseTab(number, "closure")}>
                  <Tag color={reviewColors[review]}>{t(`enums:Review.${review}`)}</Tag>
                </Link>
              ) : (
                <Tag color={reviewColors[review]}>{t(`enums:Review.${review}`)}</Tag>
              ),
          },
          { key: "owner", title: t("quarterly:failures.owner"), render: (_, { owner }) => owner?.name },
        ]}
      />
      <Part<EmergencyView>
        title={t("quarterly:emergencies.title")}
        clause=""
        nothing={t("quarterly:emergencies.none")}
        rows={figures.emergencies}
        columns={[
          {
            key: "owes",
            title: t("quarterly:emergencies.owes"),
            render: (_, { owes }) =>
              owes.length === 0 ? (
                t("quarterly:emergencies.nothingOwed")
              ) : (
                <ul className="fabu-rows">
                  {owes.map(({ title, due_at }) => (
                    <li key={`${title} ${due_at}`}>
                      {t("quarterly:emergencies.step", { title, at: formatShort(due_at) })}
                    </li>
                  ))}
                </ul>
              ),
          },
        ]}
      />
      <Part<ExemptedView>
        title={t("quarterly:exempted.title")}
        clause="4"
        nothing={t("quarterly:exempted.none")}
        rows={figures.exempted}
        columns={[
          {
            key: "set_aside",
            title: t("quarterly:exempted.what"),
            render: (_, { set_aside: all }) => (
              <ul className="fabu-rows">
                {all.map(({ exception, reason, by, at }) => (
                  <li key={`${exception ?? ""} ${at}`}>
                    {t("quarterly:exempted.row", {
                      what:
                        exception === null ? t("quarterly:exempted.rehearsal") : t(`enums:ExceptionKind.${exception}`),
                      reason,
                      name: by.name,
                      at: formatShort(at),
                    })}
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
      <Late title={t("quarterly:late.closures")} clause="5.10" rows={figures.overdue_closures} />
      <Late title={t("quarterly:late.reports")} clause="5.11" rows={figures.overdue_reports} />
    </>
  );
}

function Late({ title, clause, rows }: { title: string; clause: string; rows: LateReleaseView[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <Part<LateReleaseView>
      title={title}
      clause={clause}
      nothing={t("quarterly:late.none")}
      rows={rows}
      columns={[
        { key: "due", title: t("quarterly:late.due"), render: (_, { due_at }) => formatShort(due_at) },
        {
          key: "done",
          title: t("quarterly:late.done"),
          render: (_, { done_at }) =>
            done_at === null ? <Tag color="red">{t("quarterly:late.open")}</Tag> : formatShort(done_at),
        },
      ]}
    />
  );
}

interface Named {
  number: string;
  title: string;
}

interface PartProps<T> {
  title: string;
  clause: string;
  nothing: string;
  rows: T[];
  columns: NonNullable<TableProps<T>["columns"]>;
}

/** Releases under a heading, each with its link; one sentence where there are none. */
function Part<T extends Named>({ title, clause, nothing, rows, columns }: PartProps<T>): ReactElement {
  const { t } = useTranslation();
  return (
    <Section title={title} extra={<Clause clause={clause} />}>
      {rows.length === 0 ? (
        <Typography.Text type="secondary">{nothing}</Typography.Text>
      ) : (
        <Table<T>
          size="small"
          rowKey={({ number }) => number}
          dataSource={rows}
          pagination={false}
          scroll={{ x: "max-content" }}
          columns={[
            {
              key: "number",
              title: t("releases:column.number"),
              render: (_, { number }) => (
                <Link to={paths.release(number)} style={{ whiteSpace: "nowrap" }}>
                  {number}
                </Link>
              ),
            },
            { key: "title", title: t("releases:column.title"), width: 320, render: (_, row) => row.title },
            ...columns,
          ]}
        />
      )}
    </Section>
  );
}
