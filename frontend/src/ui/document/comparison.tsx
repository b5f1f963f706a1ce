import type { FieldChange } from "@/api/generated/types.gen";
import { Nothing } from "@/ui/page-states";
import { Flex, Tag, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { DocumentShape, Json } from "./fields";
import { placeOf } from "./labels";
import { TextDifference } from "./text-difference";
import { ValueAt } from "./value-at";

/** What differs between two revisions, field by field; texts with what went and what came. */
export function Comparison({
  shape,
  changes,
}: {
  shape: DocumentShape;
  changes: readonly FieldChange[];
}): ReactElement {
  const { t } = useTranslation();
  if (changes.length === 0) return <Nothing text={t("document:compare.same")} />;
  return (
    <Flex vertical gap={16}>
      {shape.sections
        .map((section) => ({ section, own: changes.filter((change) => change.section === section.name) }))
        .filter(({ own }) => own.length > 0)
        .map(({ section, own }) => (
          <Flex key={section.name} vertical gap={8}>
            <Typography.Text strong>{t(`contents:section.${shape.kind}.${section.name}.title`)}</Typography.Text>
            {own.map((change) => (
              <Change key={`${change.pointer} ${change.before === undefined}`} shape={shape} change={change} />
            ))}
          </Flex>
        ))}
    </Flex>
  );
}

function Change({ shape, change }: { shape: DocumentShape; change: FieldChange }): ReactElement {
  const { t } = useTranslation();
  const place = placeOf(shape, change.pointer, t);
  // Values are plain JSON, whatever the description says.
  const [before, after] = [change.before as Json | undefined, change.after as Json | undefined];
  const isText = place.field !== undefined && ["text", "longText"].includes(place.field.kind);
  return (
    <div className="fabu-row">
      <Typography.Text type="secondary">{place.label}</Typography.Text>
      {isText && typeof before === "string" && typeof after === "string" ? (
        <div>
          <TextDifference before={before} after={after} />
        </div>
      ) : (
        <Flex vertical gap={6}>
          {before !== undefined && before !== null && (
            <div className="fabu-removed">
              <Tag color="red">{t("document:compare.before")}</Tag>
              <ValueAt place={place} value={before} />
            </div>
          )}
          {after !== undefined && after !== null && (
            <div className="fabu-added">
              <Tag color="green">{t("document:compare.after")}</Tag>
              <ValueAt place={place} value={after} />
            </div>
          )}
        </Flex>
      )}
    </div>
  );
}
