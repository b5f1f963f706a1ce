import { useItemNumbered } from "@/api/items";
import { paths } from "@/lib/paths";
import { ChangesNav } from "@/ui/changes-nav";
import { Page } from "@/ui/page";
import { Loading, Nothing } from "@/ui/page-states";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useParams } from "react-router";

/** Leads from the number of an item, as plans and releases name it, to the item's page. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const { number = "" } = useParams();
  const item = useItemNumbered(number);
  if (item) return <Navigate to={paths.configurationItem(item.id)} replace />;
  return (
    <Page title={number}>
      <ChangesNav />
      {item === undefined ? <Loading /> : <Nothing text={t("form:unregisteredItem", { number })} />}
    </Page>
  );
}
