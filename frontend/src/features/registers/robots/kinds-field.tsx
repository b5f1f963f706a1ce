import type { NoticeKind } from "@/api/generated/types.gen";
import { Checkbox, Flex, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { groupKinds } from "./kinds";

interface Props {
  id?: string;
  value?: NoticeKind[];
  onChange?: (kinds: NoticeKind[]) => void;
}

/** Chooses what a robot says, by families. A field of a form: its value is the list of the kinds. */
export function KindsField({ id, value = [], onChange }: Props): ReactElement {
  const { t } = useTranslation();
  return (
    <Checkbox.Group {...(id !== undefined && { id })} value={value} onChange={(kinds) => onChange?.(kinds)}>
      <Flex vertical gap={8}>
        {groupKinds.map(({ family, kinds }) => (
          <Flex key={family} vertical gap={2} role="group" aria-label={t(`enums:NoticeGroup.${family}`)}>
            <Typography.Text type="secondary">{t(`enums:NoticeGroup.${family}`)}</Typography.Text>
            <Flex gap="2px 16px" wrap>
              {kinds.map((kind) => (
                <Checkbox key={kind} value={kind}>
                  {t(`enums:NoticeKind.${kind}`)}
                </Checkbox>
              ))}
            </Flex>
          </Flex>
        ))}
      </Flex>
    </Checkbox.Group>
  );
}
