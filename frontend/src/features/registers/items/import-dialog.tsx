import { useCommand } from "@/api/command";
import { importConfigurationItemsMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { ImportConfigurationItemsData, ImportView } from "@/api/generated/types.gen";
import { Dialog } from "@/ui/dialog";
import { ProblemAlert } from "@/ui/problem-alert";
import { DownloadOutlined, FileTextOutlined } from "@ant-design/icons";
import { Button, Flex, Typography, Upload } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ImportResult } from "./import-result";
import { saveTemplate } from "./item-table";

/** Takes items over from a table: first a trial run that says what would happen, then the real one. */
export function ImportDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const [file, setFile] = useState<File>();
  const [result, setResult] = useState<ImportView>();
  const [templateError, setTemplateError] = useState<unknown>(null);
  const run = useCommand(importConfigurationItemsMutation(), setResult);
  const start = (chosen: File, isTrial: boolean) =>
    // The description calls the bytes of the file a list of numbers.
    run.mutate({ body: chosen as unknown as ImportConfigurationItemsData["body"], query: { dry_run: isTrial } });
  const isDone = result !== undefined && !result.dry_run;
  const hasAny = result !== undefined && result.created + result.changed > 0;
  const template = () => {
    setTemplateError(null);
    saveTemplate("xlsx", t("items:template.file")).catch(setTemplateError);
  };
  return (
    <Dialog
      open
      title={t("items:import.title")}
      width={760}
      mask={{ closable: false }}
      okText={t(isDone ? "items:import.close" : "items:import.send")}
      cancelText={t("common:cancel")}
      {...(isDone && { cancelButtonProps: { style: { display: "none" } } })}
      okButtonProps={{ disabled: !isDone && !hasAny }}
      confirmLoading={run.isPending}
      onOk={() => (isDone || file === undefined ? onClose() : start(file, false))}
      onCancel={onClose}
    >
      <Flex vertical gap={12}>
        <Typography.Text type="secondary">{t("items:import.rule")}</Typography.Text>
        <Flex gap={8} wrap align="center">
          <Upload
            accept=".csv,.xlsx"
            showUploadList={false}
            disabled={run.isPending || isDone}
            beforeUpload={(chosen) => {
              setFile(chosen);
              setResult(undefined);
              start(chosen, true);
              return false;
            }}
          >
            <Button icon={<FileTextOutlined />} disabled={run.isPending || isDone}>
              {t("items:import.choose")}
            </Button>
          </Upload>
          {file !== undefined && <span className="fabu-long-text">{file.name}</span>}
          <Button type="link" icon={<DownloadOutlined />} onClick={template}>
            {t("items:template.button")}
          </Button>
        </Flex>
        <ProblemAlert error={run.error ?? templateError} />
        {result !== undefined && <ImportResult result={result} />}
      </Flex>
    </Dialog>
  );
}
