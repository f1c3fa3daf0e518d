import type { OrgNode } from "@boardroom/contract";

export type OrgMember = Omit<OrgNode, "reports"> & { reportsTo: string | null };

/**
 * Makes the tree of a flat list. Whoever was terminated isn't in it; those below move up to the nearest manager who is
 * still there. A circle, should one be stored, is opened at its first member.
 */
export function buildOrgTree(members: readonly OrgMember[]): OrgNode[] {
  const byId = new Map(members.map((member) => [member.id, member]));
  const below = new Map<string | null, OrgMember[]>();
  for (const member of members) {
    if (member.status === "terminated") continue;
    const manager = nearestManager(member, byId);
    below.set(manager, [...(below.get(manager) ?? []), member]);
  }
  const placed = new Set<string>();
  const place = ({ reportsTo: _, ...member }: OrgMember): OrgNode[] => {
    if (placed.has(member.id)) return [];
    placed.add(member.id);
    return [{ ...member, reports: (below.get(member.id) ?? []).flatMap(place) }];
  };
  const roots = (below.get(null) ?? []).flatMap(place);
  const circles = members.filter(({ status }) => status !== "terminated").flatMap(place);
  return [...roots, ...circles];
}

function nearestManager(member: OrgMember, byId: ReadonlyMap<string, OrgMember>): string | null {
  const seen = new Set<string>();
  let at = member.reportsTo === null ? undefined : byId.get(member.reportsTo);
  while (at?.status === "terminated" && !seen.has(at.id)) {
    seen.add(at.id);
    at = at.reportsTo === null ? undefined : byId.get(at.reportsTo);
  }
  return at && at.status !== "terminated" ? at.id : null;
}
