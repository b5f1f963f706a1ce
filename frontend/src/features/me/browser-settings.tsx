import { appearances, choose, useAppearance } from "@/lib/appearance";
import { setShortcuts, useShortcuts } from "@/lib/shortcuts";
import { Flex, Radio, Switch, Typography } from "antd";
import { useId, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** What is remembered in this browser only. */
export function BrowserSettings(): ReactElement {
  const { t } = useTranslation();
  const appearance = useAppearance();
  const shortcuts = useShortcuts();
  const id = useId();
  return (
    <Flex vertical gap={16}>
      <Flex vertical gap={6}>
        <span id={`${id}-look`}>{t("shell:appearance")}</span>
        <Radio.Group
          aria-labelledby={`${id}-look`}
          value={appearance}
          options={appearances.map((value) => ({ value, label: t(`shell:appearances.${value}`) }))}
          onChange={({ target }) => {
            const next = appearances.find((name) => name === target.value);
            if (next !== undefined) choose(next);
          }}
        />
      </Flex>
      <Flex gap={8} align="center">
        <Switch id={`${id}-keys`} checked={shortcuts} onChange={setShortcuts} aria-describedby={`${id}-why`} />
        <label htmlFor={`${id}-keys`}>{t("me:browser.shortcuts")}</label>
      </Flex>
      <Typography.Text type="secondary" id={`${id}-why`}>
        {t("me:browser.shortcutsWhy")}
      </Typography.Text>
    </Flex>
  );
}
