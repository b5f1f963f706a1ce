import { sha256Of } from "@/lib/sha256";
import { FileSearchOutlined } from "@ant-design/icons";
import { Button, Flex, Input, Typography, Upload } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  id?: string;
  value?: string;
  onChange?: (sha256: string) => void;
}

/** The SHA-256 of a file: typed, or reckoned from the file on this computer, which goes nowhere. */
export function Sha256Field({ id, value = "", onChange }: Props): ReactElement {
  const { t } = useTranslation();
  const [isUnreadable, setUnreadable] = useState(false);
  return (
    <Flex vertical gap={4}>
      <Flex gap={8} wrap>
        <Input
          {...(id !== undefined && { id })}
          value={value}
          maxLength={64}
          spellCheck={false}
          placeholder={t("actions:units.placeholder")}
          onChange={(event) => onChange?.(event.target.value.trim().toLowerCase())}
          style={{ flex: "1 1 260px", fontFamily: "monospace" }}
        />
        <Upload
          showUploadList={false}
          beforeUpload={(file) => {
            setUnreadable(false);
            sha256Of(file).then(
              (sha256) => onChange?.(sha256),
              () => setUnreadable(true),
            );
            return false;
          }}
        >
          <Button icon={<FileSearchOutlined />}>{t("actions:units.fromFile")}</Button>
        </Upload>
      </Flex>
      {isUnreadable && <Typography.Text type="danger">{t("actions:units.unreadable")}</Typography.Text>}
    </Flex>
  );
}
