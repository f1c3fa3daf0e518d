import type { InputOf } from "../input.ts";

type Blocked = InputOf<"issues.update">["blocked"];

/** The columns that say who acts on a blocked issue; an issue in another state names nobody. */
export const blockedColumns = (blocked: Blocked) => ({
  blockedOwnerAgentId: blocked?.ownerAgentId ?? null,
  blockedOwnerUserId: blocked?.ownerUserId ?? null,
  blockedAction: blocked?.action ?? null,
});
