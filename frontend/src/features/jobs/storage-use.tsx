import { viewStorageOptions } from "@/api/generated/@tanstack/react-query.gen";
import { paths } from "@/lib/paths";
import { Section } from "@/ui/section";
import { useQuery } from "@tanstack/react-query";
import { Flex, Progress, Typography } from "antd";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** Rooms as the options of the program give them: 1 GiB is 1024 MiB. */
function formatRoom(bytes: number): string {
  const mib = bytes / 1024 ** 2;
  return mib < 1024 ? `${mib.toFixed(1)} MiB` : `${(mib / 1024).toFixed(1)} GiB`;
}

/** What uploaded files take of the room there is, and whose they are. */
export function StorageUse(): ReactElement | null {
  const { t } = useTranslation();
  const { data } = useQuery(viewStorageOptions());
  if (data === undefined) return null;
  const percent = Math.min(100, Math.round((100 * data.bytes) / data.instance_quota));
  const all = { files: data.files, used: formatRoom(data.bytes), limit: formatRoom(data.instance_quota) };
  const limits = { release: formatRoom(data.release_quota), person: formatRoom(data.person_quota) };
  return (
    <Section title={t("jobs:storage.title")}>
      <Typography.Text>{t("jobs:storage.all", all)}</Typography.Text>
      <Progress percent={percent} status={percent < 90 ? "normal" : "exception"} aria-label={t("jobs:storage.title")} />
      <Typography.Text type="secondary">{t("jobs:storage.limits", limits)}</Typography.Text>
      {data.files > 0 && (
        <Flex gap={24} wrap>
          <Most title={t("jobs:storage.releases")}>
            {data.releases.map(({ number, bytes }) => (
              <li key={number}>
                <Link to={paths.release(number)}>{number}</Link> {formatRoom(bytes)}
              </li>
            ))}
          </Most>
          <Most title={t("jobs:storage.people")}>
            {data.people.map(({ id, name, bytes }) => (
              <li key={id}>
                {name} {formatRoom(bytes)}
              </li>
            ))}
          </Most>
        </Flex>
      )}
    </Section>
  );
}

function Most({ title, children }: { title: string; children: ReactNode }): ReactElement {
  return (
    <div>
      <Typography.Text strong>{title}</Typography.Text>
      <ul style={{ margin: 0 }}>{children}</ul>
    </div>
  );
}
