import { viewChangeQuarterOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ChangeQuarterView, ChangeView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { currentQuarter, formatWindow, pastQuarters } from "@/lib/time";
import { VerdictTag } from "@/procedure/release-tags";
import { ChangesNav } from "@/ui/changes-nav";
import { Page } from "@/ui/page";
import { Loaded, Nothing } from "@/ui/page-states";
import { Clause } from "@/ui/reasons";
import { Section } from "@/ui/section";
import { Flex, Segmented, Typography } from "antd";
import { parseAsString, useQueryState } from "nuqs";
import type { ReactElement, ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** How many past quarters can be chosen: a year. */
const shown = 4;

/** The changes that wait, are planned in releases, and were released in a quarter (9.1). */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const [asked, setAsked] = useQueryState("quarter", parseAsString.withOptions({ history: "push" }));
  const quarter = asked ?? currentQuarter();
  return (
    <Page title={t("changes:quarter.title")} subtitle={t("changes:quarter.subtitle")} extra={<Clause clause="9.1" />}>
      <ChangesNav />
      <Segmented
        aria-label={t("changes:quarter.choose")}
        options={[currentQuarter(), ...pastQuarters(shown)].toReversed()}
        value={quarter}
        onChange={(chosen) => void setAsked(chosen)}
      />
      <Loaded query={useQuery(viewChangeQuarterOptions({ path: { quarter } }))}>
        {(found) => <Quarter found={found} />}
      </Loaded>
    </Page>
  );
}

function Quarter({ found }: { found: ChangeQuarterView }): ReactElement {
  const { t } = useTranslation();
  const { waiting, planned, released, grouped } = found;
  return (
    <>
      <Part name="waiting" count={waiting.length}>
        {waiting.map((change) => (
          <Line key={change.id} change={change} />
        ))}
      </Part>
      <Part
        name="planned"
        count={planned.length}
        more={grouped > 0 ? t("changes:quarter.grouped", { count: grouped }) : ""}
      >
        {planned.map(({ change, stage, window_start: start, window_end: end }) => (
          <Line key={change.id} change={change}>
            <Typography.Text type="secondary">
              {[t(`enums:Stage.${stage}`), start !== null && end !== null && formatWindow(start, end)]
                .filter(Boolean)
                .join(" · ")}
            </Typography.Text>
          </Line>
        ))}
      </Part>
      <Part name="released" count={released.length}>
        {released.map(({ change, verdict }) => (
          <Line key={change.id} change={change}>
            <VerdictTag verdict={verdict} />
          </Line>
        ))}
      </Part>
    </>
  );
}

interface PartProps {
  name: "waiting" | "planned" | "released";
  count: number;
  more?: string;
  children: ReactNode;
}

function Part({ name, count, more = "", children }: PartProps): ReactElement {
  const { t } = useTranslation();
  return (
    <Section title={t(`changes:quarter.${name}`, { count })} extra={more}>
      {count === 0 ? (
        <Nothing text={t("changes:quarter.nothing")} />
      ) : (
        <Flex vertical gap={4}>
          {children}
        </Flex>
      )}
    </Section>
  );
}

function Line({ change, children }: { change: ChangeView; children?: ReactNode }): ReactElement {
  return (
    <Flex gap={8} wrap align="baseline">
      <Link to={paths.change(change.id)}>{change.number}</Link>
      <span className="fabu-long-text">{change.title}</span>
      {change.release_number !== null && <Link to={paths.release(change.release_number)}>{change.release_number}</Link>}
      {children}
    </Flex>
  );
}
