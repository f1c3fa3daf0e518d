import { BoardroomError, type Caller, includesRole, type MemberRole, type Operation } from "@boardroom/contract";

/** What a call asks for, as far as permission goes. */
export interface Demand {
  operation: string;
  callers: readonly Caller[];
  effect: Operation["effect"];
  role: MemberRole;
  /** No key will do. */
  sessionOnly?: boolean;
}

/** @throws BoardroomError forbidden when this kind of caller may not call it at all */
export function requireCaller(demand: Demand, caller: Caller): void {
  if (demand.callers.includes(caller)) return;
  throw new BoardroomError("forbidden", `This is not for ${nameOf[caller]}.`, { callers: demand.callers });
}

const nameOf: Record<Caller, string> = {
  public: "everyone",
  user: "people",
  agent: "agents",
  run: "agents",
  runner: "runners",
};

/** @throws BoardroomError forbidden for a key, where it takes somebody who is signed in */
export function requireSession(demand: Demand, keyId: string | null): void {
  if (!demand.sessionOnly || keyId === null) return;
  throw new BoardroomError("forbidden", "This takes somebody who is signed in at the board; a key may not.");
}

/** @throws BoardroomError forbidden when the member's role is too low */
export function requireRole(demand: Demand, role: MemberRole): void {
  if (includesRole(role, demand.role)) return;
  throw new BoardroomError("forbidden", `This takes the role ${demand.role} or higher; yours is ${role}.`, {
    role,
    needed: demand.role,
  });
}

/**
 * A key without scopes may do all that its owner may. Otherwise it may do what one of them names: `read`, `write` (which
 * includes read), all operations of a noun (`issues.*`) or one operation (`issues.checkout`).
 * @throws BoardroomError forbidden
 */
export function requireScope(demand: Demand, scopes: readonly string[]): void {
  const noun = `${demand.operation.split(".")[0]}.*`;
  const granting = ["write", noun, demand.operation, ...(demand.effect === "read" ? ["read"] : [])];
  if (scopes.length === 0 || scopes.some((scope) => granting.includes(scope))) return;
  throw new BoardroomError("forbidden", "The scopes of this key don't cover this.", { scopes });
}
