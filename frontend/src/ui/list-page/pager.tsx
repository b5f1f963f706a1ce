import { LeftOutlined, RightOutlined, VerticalRightOutlined } from "@ant-design/icons";
import { Button, Flex, Select } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  /** Where the list is; null at its beginning. */
  cursor: string | null;
  /** Where it goes on; null at its end. */
  next: string | null;
  go: (cursor: string | null) => void;
  size: number;
  sizes: readonly number[];
  onSize: (size: number) => void;
}

/** Moves through a list by cursors: on, back along the way that was come, and to the beginning. */
export function Pager({ cursor, next, go, size, sizes, onSize }: Props): ReactElement {
  const { t } = useTranslation();
  const [way, setWay] = useState<(string | null)[]>([]);
  const before = way.at(-1);
  return (
    <Flex component="nav" aria-label={t("list:pages")} justify="end" gap={8} wrap>
      <Select
        aria-label={t("list:pageSize")}
        value={size}
        options={sizes.map((value) => ({ value, label: t("list:perPage", { count: value }) }))}
        onChange={onSize}
        style={{ minWidth: 110 }}
      />
      <Button
        icon={<VerticalRightOutlined />}
        disabled={cursor === null}
        onClick={() => {
          setWay([]);
          go(null);
        }}
      >
        {t("list:first")}
      </Button>
      <Button
        icon={<LeftOutlined />}
        disabled={cursor === null || before === undefined}
        onClick={() => {
          setWay(way.slice(0, -1));
          go(before ?? null);
        }}
      >
        {t("list:previous")}
      </Button>
      <Button
        icon={<RightOutlined />}
        iconPlacement="end"
        disabled={next === null}
        onClick={() => {
          setWay([...way, cursor]);
          go(next);
        }}
      >
        {t("list:next")}
      </Button>
    </Flex>
  );
}
