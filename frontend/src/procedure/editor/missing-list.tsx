import type { MissingView } from "@/api/generated/types.gen";
import { Clause } from "@/ui/reasons";
import { Alert, Button, Flex } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { goTo } from "@/procedure/document/pointer";

/** What stands between the draft and its submission, by clause; each leads to its field. */
export function MissingList({ missing }: { missing: readonly MissingView[] }): ReactElement {
  const { t } = useTranslation();
  if (missing.length === 0) return <Alert type="success" showIcon title={t("document:complete")} />;
  const clauses = [...new Set(missing.map(({ clause }) => clause))];
  return (
    <div style={{ maxHeight: "50vh", overflow: "auto" }} tabIndex={0} role="region" aria-label={t("document:missing")}>
      {clauses.map((clause) => (
        <Flex key={clause} vertical align="start" style={{ paddingBlock: 4 }}>
          <Clause clause={clause} />
          {missing
            .filter((item) => item.clause === clause)
            .map(({ pointer, code, message }) => (
              <Button
                key={`${pointer} ${code} ${message}`}
                type="text"
                size="small"
                className="fabu-missing"
                onClick={() => goTo(pointer)}
              >
                {message}
              </Button>
            ))}
        </Flex>
      ))}
    </div>
  );
}
