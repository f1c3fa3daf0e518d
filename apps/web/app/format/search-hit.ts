import type { SearchHit } from "@boardroom/contract";

/** Where a hit is read, below the company's path. */
export function pathOfHit({ entityType, entityId, urlKey, issue }: SearchHit): string {
  switch (entityType) {
    case "agent":
      return `/agents/${urlKey ?? entityId}`;
    case "project":
      return `/projects/${entityId}`;
    case "goal":
      return `/goals/${entityId}`;
    case "comment":
      return `/issues/${issue?.identifier ?? ""}#comment-${entityId}`;
    case "document":
      return `/issues/${issue?.identifier ?? ""}/documents/${urlKey ?? ""}`;
    case "issue":
      return `/issues/${issue?.identifier ?? entityId}`;
  }
}

/** What a hit is, in a few words; an issue is named by its identifier. */
export function kindOfHit({ entityType, issue }: SearchHit): string {
  const of = issue ? ` on ${issue.identifier}` : "";
  switch (entityType) {
    case "issue":
      return issue?.identifier ?? "Issue";
    case "comment":
      return `Comment${of}`;
    case "document":
      return `Document${of}`;
    default:
      return kindLabels[entityType].one;
  }
}

export const kindLabels: Record<SearchHit["entityType"], { one: string; many: string }> = {
  issue: { one: "Issue", many: "Issues" },
  comment: { one: "Comment", many: "Comments" },
  document: { one: "Document", many: "Documents" },
  project: { one: "Project", many: "Projects" },
  goal: { one: "Goal", many: "Goals" },
  agent: { one: "Agent", many: "Agents" },
};
