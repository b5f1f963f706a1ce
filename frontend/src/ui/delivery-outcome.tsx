import { viewDeliveryOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { DeliveryState } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ProblemAlert } from "./problem-alert";

/** How often what became of a message is asked for, in milliseconds. */
const pause = 2_000;

const types: Record<DeliveryState, "success" | "info" | "error"> = {
  sent: "success",
  pending: "info",
  held: "info",
  merged: "info",
  failed: "error",
  parked: "error",
};

/** What became of a message: asked for again and again while it is on its way. */
export function DeliveryOutcome({ id }: { id: string }): ReactElement | null {
  const { t } = useTranslation();
  const delivery = useQuery({
    ...viewDeliveryOptions({ path: { id } }),
    refetchInterval: ({ state }) => (state.data === undefined || state.data.state === "pending" ? pause : false),
  });
  if (delivery.data === undefined) return <ProblemAlert error={delivery.error} />;
  const { state, last_error } = delivery.data;
  return (
    <Alert
      type={types[state]}
      showIcon
      title={t(`enums:DeliveryState.${state}`)}
      description={last_error !== null && <span className="fabu-long-text">{last_error}</span>}
      action={<Link to={paths.delivery(id)}>{t("deliveries:show")}</Link>}
    />
  );
}
