import { ApiProblem } from "@/api/problem";
import { Button, Empty, Result, Skeleton, Space } from "antd";
import { useEffect, useState, type ReactElement, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ProblemAlert, RequestNumber } from "./problem-alert";

/** Grey lines in place of what is being loaded, after 300 ms: what comes sooner does not flicker. */
export function Loading({ rows = 6 }: { rows?: number }): ReactElement {
  const { t } = useTranslation();
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="fabu-loading" role="status" aria-label={t("common:loading")} style={{ minHeight: 120 }}>
      {isLate && <Skeleton active paragraph={{ rows }} title={false} />}
    </div>
  );
}

/** One sentence about why there is nothing here and what comes next, with at most one button. */
export function Nothing({ text, action }: { text: string; action?: ReactNode }): ReactElement {
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={text}>
      {action}
    </Empty>
  );
}

/** What is shown in place of a page that could not be loaded. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }): ReactElement {
  const { t } = useTranslation();
  const button = retry && (
    <Button type="primary" onClick={retry}>
      {t("common:retry")}
    </Button>
  );
  if (error instanceof ApiProblem && (error.status === 403 || error.status === 404)) {
    return (
      <Result
        status={error.status}
        title={t(`problems:page.${error.status}.title`)}
        subTitle={
          <Space orientation="vertical">
            {error.reasons.length > 0
              ? error.reasons.map((reason) => <span key={reason.code}>{reason.message}</span>)
              : t(`problems:page.${error.status}.advice`)}
            <RequestNumber id={error.problem.request_id} />
          </Space>
        }
      />
    );
  }
  return (
    <Space orientation="vertical" size="middle" style={{ width: "100%" }}>
      <ProblemAlert error={error} />
      {button}
    </Space>
  );
}

interface LoadedProps<T> {
  query: { data: T | undefined; error: unknown; refetch: () => unknown };
  /** Lines of the skeleton: about as many as the content will have. */
  rows?: number;
  children: (data: T) => ReactNode;
}

/** The four states of something loaded: loading, failed, and what `children` makes of it, be it empty or full. */
export function Loaded<T>({ query, rows, children }: LoadedProps<T>): ReactNode {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <Failed error={query.error} retry={() => void query.refetch()} />;
  return <Loading rows={rows} />;
}
