import type { ActionView, CommandName, ReleaseView } from "@/api/generated/types.gen";
import { actionTable } from "@/procedure/actions/table";
import type { ComponentType } from "react";

/** What the form of an action gets. */
export interface ActionFormProps {
  release: ReleaseView;
  action: ActionView;
  /** The part of the release that the action is for: a unit, a task, a test case. */
  subject?: string | undefined;
  /** Closes the dialog: done, or thought better of. */
  onClose: () => void;
}

export interface ActionForm {
  Component: ComponentType<ActionFormProps>;
}

/**
 * Most forms are rows of the table in `procedure/actions`. A command that needs a form of its own has it in `action-forms/`: the
 * file is named after the command (`start-rollback.tsx` for `start_rollback`) and exports `Component`. It is loaded when it
 * is first opened, and shown in a dialog with the action's label as its title.
 */
const forms = import.meta.glob<ActionForm>("./action-forms/*.tsx");

function fileOf(name: CommandName): string {
  return `./action-forms/${name.replaceAll("_", "-")}.tsx`;
}

export function hasForm(name: CommandName): boolean {
  return fileOf(name) in forms || name in actionTable;
}

/** The commands that have a form, as their files are named. */
export const formNames = Object.keys(forms).map((file) => file.replace(/^.*\/|\.tsx$/g, "").replaceAll("-", "_"));

/** Loads the form of a command. */
export function loadForm(name: CommandName): Promise<ActionForm> {
  const load = forms[fileOf(name)];
  if (load !== undefined) return load();
  return name in actionTable
    ? import("@/procedure/actions/action-form")
    : Promise.reject(new TypeError(`no form for ${name}`));
}
