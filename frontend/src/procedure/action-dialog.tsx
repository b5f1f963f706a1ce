import { Failed, Loading } from "@/ui/page-states";
import { Dialog } from "@/ui/dialog";

import { useEffect, useState, type ReactElement } from "react";
import { loadForm, type ActionForm, type ActionFormProps } from "./action-forms";

/** The form of an action in a dialog, loaded when it is opened. */
export function ActionDialog(props: ActionFormProps): ReactElement {
  const { action, onClose } = props;
  const [form, setForm] = useState<ActionForm>();
  const [error, setError] = useState<unknown>(null);
  const { name } = action;
  useEffect(() => {
    let isOpen = true;
    loadForm(name).then(
      (loaded) => isOpen && setForm(loaded),
      (problem: unknown) => isOpen && setError(problem),
    );
    return () => {
      isOpen = false;
    };
  }, [name]);
  return (
    <Dialog open title={action.label} footer={null} onCancel={onClose} mask={{ closable: false }} width={640}>
      {form ? <form.Component {...props} /> : error === null ? <Loading rows={3} /> : <Failed error={error} />}
    </Dialog>
  );
}
