import { below } from "@/lib/base-path";
import { currentLanguage, languages, speak } from "@/lib/language";
import { Card, Flex, Segmented, Typography } from "antd";
import { useEffect, type ReactElement, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  title: string;
  advice?: string;
  children: ReactNode;
}

/** The page around forms of people who have not signed in, with the choice of language. */
export function EntryFrame({ title, advice, children }: Props): ReactElement {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t("shell:product")}`;
  }, [title, t]);
  return (
    <Flex component="main" vertical align="center" justify="center" gap={16} className="fabu-entry">
      <Card style={{ width: "min(420px, calc(100vw - 24px))" }}>
        <Flex align="center" gap={10} style={{ marginBlockEnd: 8 }}>
          <img src={below("/favicon.svg")} alt="" width={32} height={32} />
          <Typography.Text type="secondary">{t("shell:product")}</Typography.Text>
        </Flex>
        <Typography.Title level={1} style={{ fontSize: 22, marginBlock: "0 8px" }}>
          {title}
        </Typography.Title>
        {advice !== undefined && <Typography.Paragraph type="secondary">{advice}</Typography.Paragraph>}
        {children}
      </Card>
      <Segmented
        aria-label={t("shell:language")}
        value={currentLanguage()}
        options={languages.map((language) => ({ value: language, label: t(`shell:languages.${language}`) }))}
        onChange={(language) => void speak(language)}
      />
    </Flex>
  );
}
