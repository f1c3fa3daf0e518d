import type { MemberRole } from "@boardroom/contract";

const roles: Record<MemberRole, string> = {
  owner: "owners",
  admin: "admins and owners",
  operator: "operators, admins and owners",
  viewer: "all members",
};

/** Said to whom may not decide something themselves. */
export const othersDecide = (minimumRole: MemberRole): string => `Others decide this: ${roles[minimumRole]}.`;

/** Said to whom may not do what a page is for. */
export const othersDo = (minimumRole: MemberRole): string => `Others do this: ${roles[minimumRole]}.`;
