import { viewReleaseOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ActionView, ReleaseView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { Loaded } from "@/ui/page-states";
import { ActionDialog } from "@/procedure/action-dialog";
import { hasForm } from "@/procedure/action-forms";
import { tabOfDocument } from "@/procedure/commands";
import { ReleasePageContext, type ReleasePage } from "@/procedure/release-page";
import { useQuery } from "@tanstack/react-query";
import { Flex } from "antd";
import { useMemo, useState, type ReactElement } from "react";
import { Outlet, useNavigate, useParams } from "react-router";
import { ReleaseHead } from "./release-head";
import { ReleaseTabs } from "./release-tabs";

/** One release: its head, and the tab that the address names. */
export function Component(): ReactElement {
  const { number = "" } = useParams();
  const release = useQuery(viewReleaseOptions({ path: { number } }));
  return <Loaded query={release}>{(loaded) => <Frame key={number} release={loaded} />}</Loaded>;
}

interface Opened {
  action: ActionView;
  subject: string | undefined;
}

function Frame({ release }: { release: ReleaseView }): ReactElement {
  const navigate = useNavigate();
  const [opened, setOpened] = useState<Opened>();
  const page = useMemo<ReleasePage>(
    () => ({
      release,
      act: (action, subject) => {
        if (hasForm(action.name)) setOpened({ action, subject });
        else if (action.document) {
          // The document's own page saves what is typed before it submits.
          const search = action.name === "submit_document" ? `?submit=${action.document}` : "";
          void navigate({ pathname: paths.releaseTab(release.number, tabOfDocument(action.document)), search });
        }
      },
    }),
    [release, navigate],
  );
  return (
    <ReleasePageContext value={page}>
      <Flex vertical gap={16}>
        <ReleaseHead />
        <ReleaseTabs number={release.number} />
        <Outlet />
      </Flex>
      {opened && <ActionDialog release={release} {...opened} onClose={() => setOpened(undefined)} />}
    </ReleasePageContext>
  );
}
