import type { ActionView, CommandName, DocumentKind, ReleaseView } from "@/api/generated/types.gen";
import { createContext, useContext, type ReactElement } from "react";
import { hasForm } from "./action-forms";
import { ActionButton } from "./actions-bar";

/** What every tab of a release gets from the frame around it. */
export interface ReleasePage {
  release: ReleaseView;
  /** Opens the form of an action or leads to the place where it is carried out. */
  act: (action: ActionView, subject?: string) => void;
}

export const ReleasePageContext = createContext<ReleasePage | undefined>(undefined);

/** The release whose page this is. */
export function useReleasePage(): ReleasePage {
  const page = useContext(ReleasePageContext);
  if (page === undefined) throw new TypeError("outside the page of a release");
  return page;
}

/** A command of the release as the API gives it; nothing when its stage does not know it. */
export function findAction(release: ReleaseView, name: CommandName, document?: DocumentKind): ActionView | undefined {
  return release.actions.find(
    (action) => action.name === name && (document === undefined || action.document === document),
  );
}

interface Props {
  name: CommandName;
  document?: DocumentKind;
  /** The part of the release that it is for. */
  subject?: string;
  isPrimary?: boolean;
}

/** The button of one command, where the thing that it concerns is shown; nothing in a stage that does not know it. */
export function ReleaseAction({ name, document, subject, isPrimary }: Props): ReactElement | null {
  const { release, act } = useReleasePage();
  const action = findAction(release, name, document);
  if (action === undefined || !(hasForm(name) || action.document)) return null;
  return <ActionButton action={action} isPrimary={isPrimary ?? false} onAct={() => act(action, subject)} />;
}
