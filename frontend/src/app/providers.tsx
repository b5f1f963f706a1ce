import { isLanguage } from "@/lib/language";
import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { App, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import { useEffect, useMemo, type ReactElement, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useHasMotion, useIsDark } from "@/lib/appearance";
import { themeOf } from "./theme";

interface Props {
  queries: QueryClient;
  children: ReactNode;
}

/** Look, language and data for everything below. A change of language reads everything anew: names come from the API. */
export function Providers({ queries, children }: Props): ReactElement {
  const { i18n } = useTranslation();
  const isDark = useIsDark();
  const hasMotion = useHasMotion();
  const look = useMemo(() => themeOf(isDark, hasMotion), [isDark, hasMotion]);
  const language = isLanguage(i18n.language) ? i18n.language : "zh-CN";
  useEffect(() => {
    dayjs.locale(language === "zh-CN" ? "zh-cn" : "en");
    void queries.invalidateQueries();
  }, [language, queries]);
  useEffect(() => {
    document.documentElement.style.colorScheme = isDark ? "dark" : "light";
    document.documentElement.dataset["appearance"] = isDark ? "dark" : "light";
  }, [isDark]);
  return (
    <ConfigProvider
      locale={language === "zh-CN" ? zhCN : enUS}
      theme={look}
      button={{ autoInsertSpace: false }}
      form={{ requiredMark: true, scrollToFirstError: { focus: true } }}
    >
      <App component={false}>
        <QueryClientProvider client={queries}>{children}</QueryClientProvider>
      </App>
    </ConfigProvider>
  );
}
