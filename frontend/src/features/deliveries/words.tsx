import type { DeliveryState, DeliveryView } from "@/api/generated/types.gen";
import { PersonName } from "@/ui/person-name";
import { Tag } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

const colors: Record<DeliveryState, string> = {
  pending: "blue",
  sent: "green",
  failed: "red",
  parked: "orange",
  held: "default",
  merged: "default",
};

/** Where a message stands. */
export function DeliveryStateTag({ state }: { state: DeliveryState }): ReactElement {
  const { t } = useTranslation();
  return <Tag color={colors[state]}>{t(`enums:DeliveryState.${state}`)}</Tag>;
}

/** What a message is, in a word; of another version of the program nothing is known. */
export function useKindName(): (kind: DeliveryView["kind"]) => string {
  const { t } = useTranslation();
  return (kind) => (kind === null ? t("deliveries:unknownKind") : t(`enums:NoticeKind.${kind}`));
}

/** Whom a message goes to: a person, or the address of a group. */
export function Recipient({ of }: { of: Pick<DeliveryView, "recipient_id" | "address"> }): ReactElement {
  return of.recipient_id === null ? <span>{of.address}</span> : <PersonName id={of.recipient_id} />;
}
