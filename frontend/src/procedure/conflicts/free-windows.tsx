import { viewFreeWindowsOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { FreeWindowView, ReleaseView } from "@/api/generated/types.gen";
import { formatWindow } from "@/lib/time";
import { Loaded } from "@/ui/page-states";
import { useQuery } from "@tanstack/react-query";
import { Button, Flex, InputNumber, Popover, Tag, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  release: ReleaseView;
  /** Takes a window over; without it they are only shown. */
  onChoose?: (window: FreeWindowView) => void;
}

/** The next windows within ninety days that nothing stands against (5.5.4). */
export function FreeWindows({ release, onChoose }: Props): ReactElement {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const choose = (window: FreeWindowView) => {
    onChoose?.(window);
    setIsOpen(false);
  };
  return (
    <Popover
      trigger="click"
      open={isOpen}
      onOpenChange={setIsOpen}
      title={t("conflicts:free.title")}
      content={isOpen && <Found release={release} {...(onChoose !== undefined && { onChoose: choose })} />}
    >
      <Button className="fabu-no-print">{t("conflicts:free.button")}</Button>
    </Popover>
  );
}

function Found({ release, onChoose }: Props): ReactElement {
  const { t } = useTranslation();
  const [minutes, setMinutes] = useState<number>(planned(release));
  const query = useQuery(
    viewFreeWindowsOptions({ path: { number: release.number }, query: { duration_minutes: minutes } }),
  );
  return (
    <Flex vertical gap={8} style={{ maxWidth: 420 }}>
      <Flex gap={8} align="center">
        <label htmlFor="free-minutes">{t("conflicts:free.minutes")}</label>
        <InputNumber
          id="free-minutes"
          value={minutes}
          min={1}
          max={10_080}
          precision={0}
          onChange={(value) => value !== null && setMinutes(value)}
        />
      </Flex>
      <Loaded query={query} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <Typography.Text>{t("conflicts:free.nothing")}</Typography.Text>
          ) : (
            <ul className="fabu-plain-list">
              {items.map((window) => (
                <li key={window.start}>
                  <Flex gap={8} align="center" justify="space-between">
                    <span>
                      {formatWindow(window.start, window.end)}{" "}
                      {window.in_business_hours && <Tag color="orange">{t("conflicts:free.inHours")}</Tag>}
                    </span>
                    {onChoose !== undefined && (
                      <Button size="small" onClick={() => onChoose(window)}>
                        {t("conflicts:free.choose")}
                      </Button>
                    )}
                  </Flex>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Flex>
  );
}

/** As long as the planned window; four hours before there is one. */
function planned({ window }: ReleaseView): number {
  if (window === null) return 240;
  return Math.max(1, Math.round((Date.parse(window.end) - Date.parse(window.start)) / 60_000));
}
