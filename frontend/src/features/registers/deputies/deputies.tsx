import {
  createDeputyMutation,
  deleteDeputyMutation,
  listDeputiesOptions,
} from "@/api/generated/@tanstack/react-query.gen";
import { today } from "@/lib/time";
import type { ReactElement } from "react";
import { register } from "../register/register";
import { RegisterPage } from "../register/register-page";
import { DeputyLine, DeputyPeople, DeputyState } from "./deputy-line";

export const deputies = register({
  kind: "deputy",
  list: listDeputiesOptions,
  create: createDeputyMutation,
  remove: deleteDeputyMutation,
  defaults: (me) => ({ principal: me?.id, from: today(), absent: true }),
  unlisted: ["absent"],
  columns: (t) => [
    { key: "state", title: t("registers:deputies.state"), render: (deputy) => <DeputyState deputy={deputy} /> },
  ],
  filters: (t, me) => [
    {
      kind: "choice",
      key: "user_id",
      label: t("registers:deputies.whose"),
      options: me === undefined ? [] : [{ value: me.id, label: t("registers:deputies.mine") }],
    },
    {
      kind: "choice",
      key: "on",
      label: t("registers:deputies.when"),
      options: [{ value: today(), label: t("registers:deputies.today") }],
    },
  ],
  views: (t, me) => [
    { name: t("registers:deputies.all"), search: "" },
    { name: t("registers:deputies.mine"), search: `user_id=${me?.id ?? ""}` },
    { name: t("registers:deputies.today"), search: `on=${today()}` },
  ],
  card: (deputy, steps) => <DeputyLine deputy={deputy} steps={steps} />,
  removal: {
    button: "registers:deputies.end",
    title: "registers:deputies.endTitle",
    advice: "registers:deputies.endAdvice",
    about: (deputy) => <DeputyPeople deputy={deputy} />,
  },
});

/** Who stands in for whom, and when: one's own arrangements and, for an administrator, everybody's. */
export function Component(): ReactElement {
  return <RegisterPage register={deputies} />;
}
