import type { WordEnum } from "@/api/words";
import { Checkbox, Flex, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Offered } from "./shape";

interface Props {
  id?: string;
  value?: string[];
  onChange?: (words: string[]) => void;
  /** The enum of the words. */
  of: WordEnum;
  among: readonly Offered[];
}

/** Chooses several words of an enum, by families. A field of a form: its value is the list of the words. */
export function FamiliesField({ id, value = [], onChange, of, among }: Props): ReactElement {
  const { t } = useTranslation();
  return (
    <Checkbox.Group {...(id !== undefined && { id })} value={value} onChange={(words) => onChange?.(words)}>
      <Flex vertical gap={8}>
        {among.map(({ of: family, word, words }) => (
          <Flex key={word} vertical gap={2} role="group" aria-label={t(`enums:${family}.${word}`)}>
            <Typography.Text type="secondary">{t(`enums:${family}.${word}`)}</Typography.Text>
            <Flex gap="2px 16px" wrap>
              {words.map((choice) => (
                <Checkbox key={choice} value={choice}>
                  {t(`enums:${of}.${choice}`)}
                </Checkbox>
              ))}
            </Flex>
          </Flex>
        ))}
      </Flex>
    </Checkbox.Group>
  );
}
