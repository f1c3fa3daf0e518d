import type { MemberRole } from "@boardroom/contract";
import type { Option } from "../field.tsx";

export const roleNames: Record<MemberRole, string> = {
  owner: "Owner",
  admin: "Admin",
  operator: "Operator",
  viewer: "Viewer",
};

/** What each may do, from the least to the most. */
export const roleOptions: readonly Option[] = [
  ["viewer", "Viewer: sees everything, changes nothing"],
  ["operator", "Operator: works, and answers agents"],
  ["admin", "Admin: also people, budgets and settings"],
  ["owner", "Owner: everything"],
];
