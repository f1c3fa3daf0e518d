import {
  createClient,
  type MemberRole,
  memberRoles,
  type OperationId,
  permissions,
  type Standing,
} from "@boardroom/contract";
import { useBoardroom } from "@boardroom/testing";
import { beforeAll, describe, expect, it } from "vitest";
import {
  type Call,
  declared,
  exampleCall,
  forEachOf,
  guardedIds,
  paramsOf,
  pathOf,
  sendCall,
} from "./support/calls.ts";
import { type Answer, refusalOf, send } from "./support/send.ts";
import { bearer, type CallerName, newTenant, type Tenant } from "./support/tenant.ts";

const boardroom = useBoardroom();
let tenant: Tenant;
let managerKey: Record<string, string>;
let strangerKey: Record<string, string>;
beforeAll(async () => {
  tenant = await newTenant(boardroom);
  const { board, ids } = tenant;
  const manager = await boardroom.hireHttpAgent(tenant, { name: "Mia the manager" });
  const stranger = await boardroom.hireHttpAgent(tenant, { name: "Sam from elsewhere" });
  for (const id of [ids.agent, ids.colleague]) {
    await board.call("agents.update", { params: { id }, body: { reportsTo: manager.agent.id } });
  }
  const keyOf = async (id: string) =>
    bearer((await board.call("agentKeys.create", { params: { id }, body: { name: "matrix" } })).token ?? "");
  managerKey = await keyOf(manager.agent.id);
  strangerKey = await keyOf(stranger.agent.id);
});

/** Operations that end what the others need; each is tried in a company of its own, by who may. */
const endsAll: OperationId[] = ["companies.archive"];
const of = (standing: Standing, allowed: boolean) =>
  guardedIds.filter((id) => permissions[id][standing] === allowed && !endsAll.includes(id));

const plainCall = (id: OperationId, headers: Record<string, string>) =>
  send(boardroom.url, declared(id).method, pathOf(id, paramsOf(id, tenant.ids)), { headers });

function expectDone(id: OperationId, answer: Answer): void {
  expect([id, answer.status, answer.status < 400 || answer.text]).toEqual([id, declared(id).status, true]);
}

/** The tenant as a member of this role sees it. */
async function asMember(role: MemberRole): Promise<Tenant> {
  const { headers, email } = await boardroom.signUp(role);
  const [member] = await boardroom.ownerQuery<{ userId: string }>(
    `insert into memberships (company_id, user_id, display_name, role) select $1, id, name, $2 from users where email = $3
     returning user_id as "userId"`,
    [tenant.cid, role, email],
  );
  const ids = { ...tenant.ids, user: member?.userId ?? "" };
  const session = createClient({ baseUrl: boardroom.url, headers });
  return { ...tenant, ids, headers: { ...tenant.headers, session: headers }, clients: { ...tenant.clients, session } };
}

describe.each(memberRoles)("a member who is %s", (role) => {
  it("may do all that the table allows", async () => {
    const member = await asMember(role);
    await forEachOf(of(role, true), 4, async (id) =>
      expectDone(id, await sendCall(boardroom.url, await exampleCall(member, id, "session"))),
    );
  });

  it("is refused with 403 all that it doesn't", async () => {
    const { headers } = await asMember(role);
    await forEachOf(of(role, false), 8, async (id) => {
      expect([id, refusalOf(await plainCall(id, headers.session), id)]).toEqual([id, "403 forbidden"]);
    });
  });
});

/** A call that concerns the agent Ada, as somebody else would send it. */
async function callOfAda(id: OperationId, headers: Record<string, string>): Promise<Call> {
  const as: CallerName = declared(id).callers.includes("agent") ? "agentKey" : "runToken";
  const call = await exampleCall(tenant, id, as);
  return { ...call, headers: { ...call.headers, ...headers } };
}

describe.each([
  ["agent_concerned", () => ({})],
  ["agent_above", () => managerKey],
  ["agent_other", () => strangerKey],
] as const)("an agent that is %s", (standing, headersOf) => {
  it("may do all that the table allows", async () => {
    await forEachOf(of(standing, true), 4, async (id) =>
      expectDone(id, await sendCall(boardroom.url, await callOfAda(id, headersOf()))),
    );
  });

  it("is refused all that it doesn't", async () => {
    await forEachOf(of(standing, false), 4, async (id) => {
      const isForAgents = declared(id).callers.some((caller) => caller === "agent" || caller === "run");
      const answer = isForAgents
        ? await sendCall(boardroom.url, await callOfAda(id, headersOf()))
        : await plainCall(id, { ...tenant.headers.agentKey, ...headersOf() });
      expect([id, answer.status === 404 ? "403 forbidden" : refusalOf(answer, id)]).toEqual([id, "403 forbidden"]);
    });
  });
});

describe("a machine", () => {
  it("may do all that the table allows, and is refused with 403 all that it doesn't", async () => {
    await forEachOf(of("runner", true), 4, async (id) =>
      expectDone(id, await sendCall(boardroom.url, await exampleCall(tenant, id, "runnerToken"))),
    );
    await forEachOf(of("runner", false), 8, async (id) => {
      expect([id, refusalOf(await plainCall(id, tenant.headers.runnerToken), id)]).toEqual([id, "403 forbidden"]);
    });
  });
});

it("a stranger is refused with 401 all that needs somebody", async () => {
  await forEachOf(guardedIds, 8, async (id) => {
    expect([id, refusalOf(await plainCall(id, {}), id)]).toEqual([id, "401 unauthenticated"]);
  });
});

it("only an owner archives a company", async () => {
  expect(memberRoles.filter((role) => permissions["companies.archive"][role])).toEqual(["owner"]);
  const { board, cid } = await boardroom.newCompany();
  expect(await board.call("companies.archive", { params: { cid } })).toMatchObject({ status: "archived" });
});
