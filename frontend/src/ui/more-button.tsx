import { Button } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}

/** Shows the next part of a list that grows; nothing at its end. */
export function MoreButton({ query }: Props): ReactElement | null {
  const { t } = useTranslation();
  if (!query.hasNextPage) return null;
  return (
    <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
      {t("common:more")}
    </Button>
  );
}
