import type { MemberRole, OperationId } from "@boardroom/contract";
import { createClient } from "@boardroom/contract";
import { useBoardroom } from "@boardroom/testing";
import { beforeAll, describe, expect, it } from "vitest";
import {
  allowedPairs,
  callersOf,
  declared,
  exampleCall,
  forEachOf,
  guardedIds,
  paramsOf,
  pathOf,
  sendCall,
} from "./support/calls.ts";
import { refusalOf, send } from "./support/send.ts";
import { bearer, type CallerName, callerNames, newTenant, type Tenant } from "./support/tenant.ts";

const boardroom = useBoardroom();
const roles = ["viewer", "operator", "admin", "owner"] as const satisfies MemberRole[];
const roleOf = (id: OperationId): MemberRole => declared(id).role ?? "viewer";
const inCompany = guardedIds.filter(
  (id) => declared(id).locate.by !== "actor" && declared(id).callers.includes("user"),
);
/** What each member changes for themselves alone. */
const ofOneself: OperationId[] = [
  "decisions.snooze",
  "issues.markRead",
  "issues.markUnread",
  "members.leave",
  "notifications.prefer",
  "pushSubscriptions.create",
  "pushSubscriptions.delete",
];
let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant(boardroom);
});

/** The tenant as a member of this role sees it. */
async function asMember(role: MemberRole): Promise<Tenant> {
  const { headers, email } = await boardroom.signUp(role);
  const [member] = await boardroom.ownerQuery<{ userId: string }>(
    `insert into memberships (company_id, user_id, display_name, role) select $1, id, name, $2 from users where email = $3
     returning user_id as "userId"`,
    [tenant.cid, role, email],
  );
  const ids = { ...tenant.ids, user: member?.userId ?? "" };
  return { ...withCaller("session", headers), ids };
}

function withCaller(as: CallerName, headers: Record<string, string>): Tenant {
  const client = createClient({ baseUrl: boardroom.url, headers });
  return { ...tenant, headers: { ...tenant.headers, [as]: headers }, clients: { ...tenant.clients, [as]: client } };
}

const plainCall = (t: Tenant, id: OperationId, headers: Record<string, string>) =>
  send(boardroom.url, declared(id).method, pathOf(id, paramsOf(id, t.ids)), { headers });

it("refuses with 403 every kind of caller that an operation doesn't list", async () => {
  const pairs = guardedIds.flatMap((id) =>
    callerNames.filter((as) => !callersOf(id).includes(as)).map((as) => [id, as] as const),
  );
  expect(pairs.length).toBeGreaterThan(30);
  await forEachOf(pairs, 8, async ([id, as]) => {
    const answer = await plainCall(tenant, id, tenant.headers[as]);
    expect([id, as, refusalOf(answer, id)]).toEqual([id, as, "403 forbidden"]);
  });
});

describe.each(roles)("a member who is %s", (role) => {
  const rank = roles.indexOf(role);
  it("is refused with 403 what takes a higher role", async () => {
    const member = await asMember(role);
    const higher = inCompany.filter((id) => roles.indexOf(roleOf(id)) > rank);
    if (role === "viewer") {
      const changes = inCompany.filter((id) => declared(id).effect !== "read" && !higher.includes(id));
      expect(changes.sort()).toEqual([...ofOneself].sort());
    }
    await forEachOf(higher, 8, async (id) => {
      const answer = await plainCall(member, id, member.headers.session);
      expect([id, refusalOf(answer, id)]).toEqual([id, "403 forbidden"]);
    });
  });

  it("may do all that takes this role", async () => {
    const member = await asMember(role);
    await forEachOf(
      inCompany.filter((id) => roleOf(id) === role && id !== "companies.archive"),
      4,
      async (id) => {
        const answer = await sendCall(boardroom.url, await exampleCall(member, id, "session"));
        expect([id, answer.status, answer.status < 400 || answer.text]).toEqual([id, declared(id).status, true]);
      },
    );
  });
});

describe("a key with the scope read", () => {
  const limited = async (as: "boardKey" | "agentKey"): Promise<Tenant> => {
    const body = { name: "reader", scopes: ["read"] };
    const { token } =
      as === "boardKey"
        ? await tenant.board.call("boardKeys.create", { body })
        : await tenant.board.call("agentKeys.create", { params: { id: tenant.ids.agent }, body });
    return withCaller(as, bearer(token ?? ""));
  };

  it.each(["boardKey", "agentKey"] as const)("reads all and changes nothing (%s)", async (as) => {
    const t = await limited(as);
    const pairs = allowedPairs.filter(([id, caller]) => caller === as && guardedIds.includes(id));
    await forEachOf(pairs, 6, async ([id]) => {
      const { effect, status } = declared(id);
      if (effect !== "read") {
        expect([id, refusalOf(await plainCall(t, id, t.headers[as]), id)]).toEqual([id, "403 forbidden"]);
      } else {
        expect([id, (await sendCall(boardroom.url, await exampleCall(t, id, as))).status]).toEqual([id, status]);
      }
    });
  });
});
