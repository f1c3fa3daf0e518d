import { type MemberRole, memberRoles } from "./enums.ts";
import type { AgentRelation, Operation } from "./operation.ts";
import { type OperationId, operationIds, operations } from "./operations/index.ts";

/**
 * Who somebody is to what a call addresses: a member by role; an agent that the thing belongs to (itself, its assignee, owner,
 * lead, author or requester), one above that one in the chain of command, any other one of the company; a machine; a stranger.
 */
export const standings = [...memberRoles, "agent_concerned", "agent_above", "agent_other", "runner", "public"] as const;
export type Standing = (typeof standings)[number];

/** From the lowest to the highest. */
const ranks: Record<MemberRole, number> = { viewer: 0, operator: 1, admin: 2, owner: 3 };

/** Whether a role includes another one. */
export const includesRole = (role: MemberRole, needed: MemberRole): boolean => ranks[role] >= ranks[needed];

const agentsOf: Record<AgentRelation, readonly Standing[]> = {
  any: ["agent_concerned", "agent_above", "agent_other"],
  concerned_or_above: ["agent_concerned", "agent_above"],
  concerned: ["agent_concerned"],
};

/**
 * Whether an operation is for somebody of this standing. What the state of things adds, like an issue that another run holds,
 * is not asked here.
 */
export function allows(operation: Operation, standing: Standing): boolean {
  const { callers } = operation;
  if (callers.includes("public")) return true;
  if (standing === "public") return false;
  if (standing === "runner") return callers.includes("runner");
  if (standing.startsWith("agent_")) {
    if (callers.includes("agent")) return agentsOf[operation.agents ?? "any"].includes(standing);
    // A run token alone speaks of its own run.
    return callers.includes("run") && standing === "agent_concerned";
  }
  return callers.includes("user") && includesRole(standing as MemberRole, operation.role ?? "viewer");
}

const neededRole = ({ role = "viewer" }: Operation): MemberRole => role;

/**
 * What a member of this role may not call and an owner may, each with the role that it takes: for screens that offer only what
 * is not refused, and say who may do the rest.
 */
export const refusedTo = (role: MemberRole): Partial<Record<OperationId, MemberRole>> =>
  Object.fromEntries(
    operationIds
      .filter((id) => allows(operations[id], "owner") && !allows(operations[id], role))
      .map((id) => [id, neededRole(operations[id])]),
  );

/** The whole table: who may call what. The permissions page and the test of every cell are made from it. */
export const permissions = Object.fromEntries(
  operationIds.map((id) => [
    id,
    Object.fromEntries(standings.map((standing) => [standing, allows(operations[id], standing)])),
  ]),
) as Record<OperationId, Record<Standing, boolean>>;
