import type { DocumentShape } from "../fields";
import { key } from "./common";

/** The review of a release without success (3.5). */
export const failureReview: DocumentShape = {
  kind: "failure_review",
  sections: [
    {
      name: "cause",
      clause: "3.5",
      fields: [
        { name: "cause", kind: "longText" },
        { name: "why_not_prevented", kind: "longText" },
      ],
    },
    {
      name: "actions",
      clause: "3.5",
      fields: [
        {
          name: "actions",
          kind: "rows",
          fields: [
            key,
            { name: "action", kind: "longText" },
            { name: "owner", kind: "person" },
            { name: "due", kind: "day" },
          ],
        },
      ],
    },
  ],
};
