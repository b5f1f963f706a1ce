import { paths } from "@/lib/paths";
import { PersonName } from "@/ui/person-name";
import type { ReactElement } from "react";
import { Link } from "react-router";

/** The name of a person, which leads to the person's page. */
export function PersonLink({ id }: { id: string }): ReactElement {
  return (
    <Link to={paths.user(id)}>
      <PersonName id={id} />
    </Link>
  );
}
