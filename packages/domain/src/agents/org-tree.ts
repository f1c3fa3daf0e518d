import type { OrgNode } from "@boardroom/contract";

export type OrgMember = Omit<OrgNode, "reports" | "pausedAbove"> & { reportsTo: string | null };
type PausedAbove = OrgNode["pausedAbove"];

/**
 * Makes the tree of a flat list. Whoever was terminated isn't in it; those below move up to the nearest manager who is
 * still there, and those below a paused one say so. A circle, should one be stored, is opened at its first member.
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
  const place = ({ reportsTo: _, ...member }: OrgMember, pausedAbove: PausedAbove): OrgNode[] => {
    if (placed.has(member.id)) return [];
    placed.add(member.id);
    const { id, name } = member;
    const nextAbove = member.status === "paused" ? { id, name } : pausedAbove;
    return [{ ...member, pausedAbove, reports: (below.get(id) ?? []).flatMap((each) => place(each, nextAbove)) }];
  };
  const roots = (below.get(null) ?? []).flatMap((each) => place(each, null));
  const circles = members.filter(({ status }) => status !== "terminated").flatMap((each) => place(each, null));
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
