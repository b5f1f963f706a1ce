import { viewConflictsOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ConflictView, ReleaseView } from "@/api/generated/types.gen";
import { usePermitted } from "@/api/permitted";
import { paths } from "@/lib/paths";
import { formatWindow } from "@/lib/time";
import { findAction } from "@/procedure/release-page";
import { Loaded } from "@/ui/page-states";
import { Section } from "@/ui/section";
import { useQuery } from "@tanstack/react-query";
import { Flex, Tag, Typography } from "antd";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { AcceptConflict } from "./accept-conflict";

interface Props {
  release: ReleaseView;
  /** Where a reason is entered, while the plan is written. */
  reason?: (conflict: ConflictView) => ReactNode;
}

/** What stands against the window of a release, each with its reason, or who can clear it (5.5.4). */
export function ConflictList({ release, reason }: Props): ReactElement {
  const { t } = useTranslation();
  const found = useQuery(viewConflictsOptions({ path: { number: release.number } }));
  const action = findAction(release, "accept_conflict");
  return (
    <Loaded query={found} rows={2}>
      {({ window, items }) => (
        <Flex vertical gap={8}>
          {window && (
            <Typography.Text type="secondary">
              {t("conflicts:window", { window: formatWindow(window.start, window.end) })}
            </Typography.Text>
          )}
          {window === null && <Typography.Text type="secondary">{t("conflicts:noWindow")}</Typography.Text>}
          {window !== null && items.length === 0 && <span>{t("conflicts:nothing")}</span>}
          {items.length > 0 && (
            <ul className="fabu-plain-list">
              {items.map((conflict) => (
                <li key={conflict.key}>
                  <Conflict conflict={conflict}>
                    {conflict.severity === "soft" && reason !== undefined
                      ? reason(conflict)
                      : action !== undefined &&
                        isCleared(conflict) && <AcceptConflict release={release} conflict={conflict} action={action} />}
                  </Conflict>
                </li>
              ))}
            </ul>
          )}
        </Flex>
      )}
    </Loaded>
  );
}

/** [`ConflictList`] under its heading; one that is `quiet` is there only when something stands against the window. */
export function ConflictSection({ release, quiet }: { release: ReleaseView; quiet: boolean }): ReactElement | null {
  const { t } = useTranslation();
  const found = useQuery(viewConflictsOptions({ path: { number: release.number } })).data;
  if (quiet && (found === undefined || found.items.length === 0)) return null;
  return (
    <Section title={t("conflicts:title")}>
      <ConflictList release={release} />
    </Section>
  );
}

/** True for what a person can clear: a freeze by its authority, a soft conflict without a reason by the owner. */
function isCleared({ authority, severity, reason }: ConflictView): boolean {
  return authority !== null || (severity === "soft" && reason === null);
}

function Conflict({ conflict, children }: { conflict: ConflictView; children: ReactNode }): ReactElement {
  const { t } = useTranslation();
  const { kind, severity, text, release, reason, authority } = conflict;
  return (
    <Flex vertical gap={4}>
      <span>
        <Tag color={severity === "hard" ? "red" : "orange"}>{t(`enums:Severity.${severity}`)}</Tag>
        <Tag>{t(`enums:ConflictKind.${kind}`)}</Tag>
        <span className="fabu-long-text">{text}</span>{" "}
        {release !== null && <Link to={paths.release(release)}>{release}</Link>}
      </span>
      {authority !== null && (
        <Typography.Text type="secondary">
          {t("conflicts:authority", { who: t(`enums:FreezeAuthority.${authority}`) })}
        </Typography.Text>
      )}
      {reason !== null && (
        <Typography.Text type="secondary" className="fabu-long-text">
          {t("conflicts:reasonIs", { reason })}
        </Typography.Text>
      )}
      {children}
    </Flex>
  );
}

/** True when the reader may see what stands against windows: everybody of the company. */
export function useSeesConflicts(): boolean {
  return usePermitted("view_conflicts") === true;
}
