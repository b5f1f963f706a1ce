import type { FreezeWindowView } from "@/api/generated/types.gen";
import { useRecordNames } from "@/api/registers";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** For whom a freeze holds: the whole company unless it names customers, objects or items. */
export function ScopeOf({ freeze }: { freeze: FreezeWindowView }): ReactElement {
  const { t } = useTranslation();
  const customer = useRecordNames("customer");
  const object = useRecordNames("service_object");
  const named = [
    ...freeze.customers.map(customer),
    ...freeze.service_objects.map(object),
    ...freeze.configuration_items,
  ];
  return <>{named.length === 0 ? t("freezes:everybody") : named.join(t("common:listSeparator"))}</>;
}
