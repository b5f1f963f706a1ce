import { viewSetupOptions } from "@/api/generated/@tanstack/react-query.gen";
import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** Says on every page that everything here is example data and counts for nothing. */
export function ExampleBanner(): ReactElement | null {
  const { t } = useTranslation();
  const { data } = useQuery({ ...viewSetupOptions(), staleTime: Infinity });
  return data?.example === true ? <Alert banner type="info" title={t("shell:example")} /> : null;
}
