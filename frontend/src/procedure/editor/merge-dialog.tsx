import { Dialog } from "@/ui/dialog";
import { Button, Flex, Radio, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { DocumentShape } from "@/procedure/document/fields";
import { placeOf } from "@/procedure/document/labels";
import type { Merged } from "./merge";
import { ValueAt } from "@/procedure/document/value-at";

interface Props {
  shape: DocumentShape;
  merged: Merged;
  /** Called with the places where the other's value is taken. */
  onResolve: (theirs: ReadonlySet<string>) => void;
}

/** Somebody else saved in between: for each field that both changed, whose value stays. */
export function MergeDialog({ shape, merged, onResolve }: Props): ReactElement {
  const { t } = useTranslation();
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set());
  const choose = (pointer: string, isTheirs: boolean) => {
    const next = new Set(theirs);
    if (isTheirs) next.add(pointer);
    else next.delete(pointer);
    setTheirs(next);
  };
  return (
    <Dialog
      open
      width={820}
      closable={false}
      title={t("document:merge.title")}
      footer={
        <Button type="primary" onClick={() => onResolve(theirs)}>
          {t("document:merge.done")}
        </Button>
      }
    >
      <Flex vertical gap={16}>
        <span>{t("document:merge.advice", { count: merged.conflicts.length })}</span>
        {merged.conflicts.map(({ pointer, mine, theirs: their }) => {
          const place = placeOf(shape, pointer, t);
          return (
            <Flex key={pointer} vertical gap={6}>
              <Typography.Text strong>{place.label}</Typography.Text>
              <Radio.Group
                aria-label={place.label}
                value={theirs.has(pointer) ? "theirs" : "mine"}
                onChange={(e) => choose(pointer, e.target.value === "theirs")}
                style={{ display: "grid", gap: 8 }}
              >
                <Radio value="mine">
                  <Typography.Text type="secondary">{t("document:merge.mine")}</Typography.Text>{" "}
                  <ValueAt place={place} value={mine} />
                </Radio>
                <Radio value="theirs">
                  <Typography.Text type="secondary">{t("document:merge.theirs")}</Typography.Text>{" "}
                  <ValueAt place={place} value={their} />
                </Radio>
              </Radio.Group>
            </Flex>
          );
        })}
      </Flex>
    </Dialog>
  );
}
