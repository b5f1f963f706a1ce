import { PermittedButton } from "@/ui/permitted-button";
import { ProblemAlert } from "@/ui/problem-alert";
import { DownloadOutlined, UploadOutlined } from "@ant-design/icons";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { registers } from "../registers.gen";
import { ImportDialog } from "./import-dialog";
import { filtersIn, saveTable, type TableFormat } from "./item-table";

/** The list as a table: exported as it is filtered, and imported. */
export function ItemTools(): ReactElement {
  const { t } = useTranslation();
  const [isImporting, setImporting] = useState(false);
  const [exporting, setExporting] = useState<TableFormat>();
  const [error, setError] = useState<unknown>(null);
  const save = async (format: TableFormat) => {
    setExporting(format);
    setError(null);
    try {
      await saveTable(format, filtersIn(window.location.search, registers.configuration_item.filters), t("items:file"));
    } catch (problem) {
      setError(problem);
    } finally {
      setExporting(undefined);
    }
  };
  return (
    <>
      {(["csv", "xlsx"] as const).map((format) => (
        <PermittedButton
          key={format}
          operation="download_configuration_items"
          icon={<DownloadOutlined />}
          title={t("items:export.rule")}
          loading={exporting === format}
          onClick={() => void save(format)}
        >
          {t(`items:export.${format}`)}
        </PermittedButton>
      ))}
      <PermittedButton
        operation="import_configuration_items"
        icon={<UploadOutlined />}
        onClick={() => setImporting(true)}
      >
        {t("items:import.button")}
      </PermittedButton>
      <ProblemAlert error={error} />
      {isImporting && <ImportDialog onClose={() => setImporting(false)} />}
    </>
  );
}
