import type { DocumentKind } from "@/api/generated/types.gen";

/** A section of a document: its name in approvals and differences, the clause it comes from, and its fields. */
export interface Section {
  name: string;
  clause: string;
  fields: readonly string[];
}

/** The sections of each document in their order, as approvals and differences name them. */
export const sectionsOf: Record<DocumentKind, readonly Section[]> = {
  release_plan: [
    {
      name: "purpose_and_scope",
      clause: "5.1.1",
      fields: ["purpose", "impact", "affected", "configuration_items"],
    },
    { name: "backup", clause: "5.1.2", fields: ["backups"] },
    { name: "schedule", clause: "5.1.3", fields: ["window", "steps", "staffing", "resources"] },
    { name: "rollback", clause: "5.1.4", fields: ["rollback"] },
    { name: "problems", clause: "5.1.5", fields: ["problems"] },
    { name: "other_work", clause: "5.1.6", fields: ["other_work"] },
    { name: "risks", clause: "RO1b", fields: ["risks"] },
    { name: "acceptance_criteria", clause: "5.4d", fields: ["acceptance_criteria"] },
  ],
  test_report: [
    { name: "environment", clause: "5.4b", fields: ["environment"] },
    { name: "categories", clause: "5.4", fields: ["categories"] },
    {
      name: "rollback_rehearsal",
      clause: "RO1c",
      fields: ["rollback_rehearsal", "release_procedure_effective", "rollback_procedure_effective"],
    },
    { name: "units", clause: "3.1b", fields: ["tested_units"] },
    { name: "defects", clause: "5.4c", fields: ["defects"] },
    { name: "verdict", clause: "5.4c", fields: ["verdict", "summary"] },
  ],
  go_live_plan: [
    { name: "arrangements", clause: "5.5.1", fields: ["schedule", "resources", "procurement", "storage"] },
    { name: "way", clause: "5.5.2", fields: ["way", "phases", "configuration_items"] },
    { name: "communication", clause: "5.5.3", fields: ["communication"] },
    { name: "window", clause: "5.5.4", fields: ["window", "conflict_reason"] },
    { name: "roster", clause: "5.5.5", fields: ["roster"] },
    { name: "run_steps", clause: "5.5.6", fields: ["run_steps"] },
    { name: "rollback_steps", clause: "5.5.7", fields: ["rollback_steps"] },
  ],
  release_report: [
    { name: "problems", clause: "5.11.1", fields: ["problems"] },
    { name: "figures", clause: "5.11.2", fields: ["figures"] },
    { name: "training", clause: "RA10", fields: ["knowledge_and_training"] },
    { name: "resources", clause: "RA6", fields: ["resource_deviation"] },
    { name: "watch", clause: "5.1.6", fields: ["watch_result"] },
    { name: "conclusion", clause: "5.11", fields: ["conclusion"] },
  ],
  failure_review: [
    { name: "cause", clause: "3.5", fields: ["cause", "why_not_prevented"] },
    { name: "actions", clause: "3.5", fields: ["actions"] },
  ],
};

/** The enumeration of a field's words, where it has one; `kind`, `level` and others depend on where they stand. */
export function enumerationOf(path: readonly string[]): string | undefined {
  const [field = "", ...above] = path.toReversed();
  const inside = (name: string): boolean => above.includes(name);
  switch (field) {
    case "way":
      return "GoLiveWay";
    case "group":
      return "RollbackGroup";
    case "probability":
    case "residual":
      return "Grade";
    case "impact":
      return inside("risks") ? "Grade" : undefined;
    case "level":
      return inside("defects") ? "DefectLevel" : "Grade";
    case "state":
      return "DefectState";
    case "verdict":
      return "TestVerdict";
    case "conclusion":
      return inside("categories") ? "TestConclusion" : undefined;
    case "kind":
      if (inside("backups")) return "BackupKind";
      return inside("other_work") ? "OtherWorkKind" : "ResourceKind";
    default:
      return undefined;
  }
}

/** Fields that hold a person's id. */
export const personFields: ReadonlySet<string> = new Set([
  "assignee",
  "consented_by",
  "decider",
  "deputy",
  "owner",
  "person",
  "responsible",
]);

/** Fields that hold ids of objects under service. */
export const objectFields: ReadonlySet<string> = new Set(["service_object", "service_objects"]);
