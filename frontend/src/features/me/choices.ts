import type {
  GroupChoice,
  GroupChoiceView,
  NoticeGroup,
  NotificationsRequest,
  NotificationsView,
} from "@/api/generated/types.gen";

/** How the messages of a family come, as people choose it. */
export const manners = ["usual", "immediate", "digest", "needed"] as const;
export type Manner = (typeof manners)[number];

/** What the form holds. */
export interface Choices {
  groups: Record<string, Manner>;
  /** `22:00`; both or none. */
  quiet: { from: string; until: string } | null;
}

/** How a family comes now. `needed`: only what asks for a decision or for work. */
export function mannerOf({ mail, pace }: GroupChoiceView): Manner {
  if (!mail) return "needed";
  return pace ?? "usual";
}

export function choicesOf({ groups, quiet_hours }: NotificationsView): Choices {
  return {
    groups: Object.fromEntries(groups.map((group) => [group.group, mannerOf(group)])),
    quiet: quiet_hours && { from: quiet_hours.from.slice(0, 5), until: quiet_hours.until.slice(0, 5) },
  };
}

/** What is chosen, as the API takes it; a family that was not touched stays as it is. */
export function requestOf({ groups, quiet }: Choices, before: NotificationsView): NotificationsRequest {
  const stated = before.groups.flatMap((group): [NoticeGroup, GroupChoice][] => {
    const manner = groups[group.group] ?? mannerOf(group);
    if (manner === "usual") return [];
    const pace = manner === "needed" ? (group.pace ?? "immediate") : manner;
    return [[group.group, { mail: manner !== "needed", pace }]];
  });
  return {
    groups: Object.fromEntries(stated),
    quiet_hours: quiet && { from: `${quiet.from}:00`, until: `${quiet.until}:00` },
  };
}
