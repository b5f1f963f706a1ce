import { sha256Of } from "@/lib/sha256";
import type { ReleaseView, UnitSummary } from "@/api/generated/types.gen";
import { CheckCircleOutlined, CloseCircleOutlined, FileSearchOutlined } from "@ant-design/icons";
import { Button, Flex, Input, Typography, Upload } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  release: ReleaseView;
  value?: Record<string, string>;
  onChange?: (value: Record<string, string>) => void;
}

/** For every unit the hash of the file at hand, typed or reckoned from the file: what is installed is what was approved. */
export function UnitsInput({ release, value = {}, onChange }: Props): ReactElement {
  const { t } = useTranslation();
  const [failed, setFailed] = useState<string>();
  const set = (unit: UnitSummary, sha256: string): void => onChange?.({ ...value, [unit.id]: sha256 });
  const reckon = (unit: UnitSummary, file: Blob): void => {
    setFailed(undefined);
    sha256Of(file).then(
      (sha256) => set(unit, sha256),
      () => setFailed(unit.id),
    );
  };
  return (
    <Flex vertical gap={12} role="group" aria-label={t("actions:label.units")}>
      {release.units.map((unit) => {
        const typed = (value[unit.id] ?? "").trim().toLowerCase();
        return (
          <Flex key={unit.id} vertical gap={4} className="fabu-change">
            <Flex justify="space-between" gap={8} wrap>
              <label htmlFor={`unit-${unit.id}`}>
                <strong>
                  {unit.name} {unit.version}
                </strong>
              </label>
              <Match typed={typed} registered={unit.sha256} />
            </Flex>
            <Flex gap={8} wrap>
              <Input
                id={`unit-${unit.id}`}
                value={value[unit.id] ?? ""}
                maxLength={64}
                spellCheck={false}
                placeholder={t("actions:units.placeholder")}
                onChange={(event) => set(unit, event.target.value)}
                style={{ flex: "1 1 260px", fontFamily: "monospace" }}
              />
              <Upload
                showUploadList={false}
                beforeUpload={(file) => {
                  reckon(unit, file);
                  return false;
                }}
              >
                <Button icon={<FileSearchOutlined />}>{t("actions:units.fromFile")}</Button>
              </Upload>
            </Flex>
            <Typography.Text type="secondary" style={{ fontSize: 12, overflowWrap: "anywhere" }}>
              {t("actions:units.registered", { sha256: unit.sha256 })}
            </Typography.Text>
            {failed === unit.id && <Typography.Text type="danger">{t("actions:units.unreadable")}</Typography.Text>}
          </Flex>
        );
      })}
    </Flex>
  );
}

function Match({ typed, registered }: { typed: string; registered: string }): ReactElement | null {
  const { t } = useTranslation();
  if (typed === "") return null;
  return typed === registered ? (
    <Typography.Text type="success">
      <CheckCircleOutlined aria-hidden /> {t("actions:units.same")}
    </Typography.Text>
  ) : (
    <Typography.Text type="danger">
      <CloseCircleOutlined aria-hidden /> {t("actions:units.differs")}
    </Typography.Text>
  );
}
