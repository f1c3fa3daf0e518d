import type { OperationId } from "@boardroom/contract";
import { useBoardroom } from "@boardroom/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  allowedPairs,
  type Call,
  declared,
  exampleCall,
  forEachOf,
  nounOfParam,
  ownedParamNames,
  paramsOf,
  sendCall,
} from "./support/calls.ts";
import { type Reference, references } from "./support/references.ts";
import { fingerprint, rowsNaming } from "./support/rows.ts";
import { type Answer, readBody, refusalOf } from "./support/send.ts";
import { type CallerName, callerNames, newTenant, type Tenant } from "./support/tenant.ts";

const boardroom = useBoardroom();
let mine: Tenant;
let theirs: Tenant;
let before: Record<string, string>;
beforeAll(async () => {
  [mine, theirs] = [await newTenant(boardroom), await newTenant(boardroom)];
  await theirs.clients.runToken.call("issues.checkout", {
    params: { id: theirs.ids.issue },
    body: { agentId: theirs.ids.agent },
  });
  before = await fingerprint(boardroom, theirs.cid);
});

/** Nothing of theirs may stand in an answer but what the call itself said. */
function expectNoLeak(call: Call, answer: Answer): void {
  const said = JSON.stringify([call.params, call.query, call.body]);
  const known = [...Object.values(theirs.ids), theirs.mark, theirs.company.issuePrefix];
  for (const word of known.filter((each) => !said.includes(each))) {
    expect(answer.text.includes(word), `${call.id} leaks ${word}: ${answer.text}`).toBe(false);
  }
}

async function expectNotFound(call: Call): Promise<void> {
  const answer = await sendCall(boardroom.url, call);
  expect([call.id, call.params, refusalOf(answer, call.id)]).toEqual([call.id, call.params, "404 not_found"]);
  expectNoLeak(call, answer);
}

const withParams = allowedPairs.filter(([id]) => ownedParamNames(id).length > 0);

describe("another company's ids in the path are not found", () => {
  it.each(callerNames)("by a caller with %s", async (as) => {
    const pairs = withParams.filter(([, caller]) => caller === as);
    await forEachOf(pairs, 4, async ([id]) => {
      const call = await exampleCall(mine, id, as);
      for (const name of ownedParamNames(id)) {
        const foreign = { ...call.params, [name]: theirs.ids[nounOfParam(id, name)] };
        await expectNotFound({ ...call, params: foreign });
      }
      await expectNotFound({ ...call, params: paramsOf(id, theirs.ids) });
    });
  });

  it("by the identifier of an issue", async () => {
    const issues = withParams.filter(([id]) => declared(id).locate.by === "issue");
    await forEachOf(issues, 4, async ([id, as]) => {
      const call = await exampleCall(mine, id, as);
      await expectNotFound({ ...call, params: { ...call.params, id: `${theirs.company.issuePrefix}-1` } });
    });
  });
});

/** The call with their id in one field. */
function refer({ part, field, noun, value }: Reference, call: Call): Call {
  const fields: Record<string, unknown> = { ...call[part], [field]: value(theirs.ids[noun]) };
  if (field === "blocked") fields.status = "blocked";
  // Who takes over an issue is one of the two.
  if (field === "assigneeUserId") delete fields.assigneeAgentId;
  return { ...call, [part]: fields };
}

/** What names an agent's own is refused whosever it is. */
const isAgentsOwn = (as: CallerName, field: string) => field === "agentId" && (as === "agentKey" || as === "runToken");

async function expectUnknownReference(reference: Reference, as: CallerName, t: Tenant): Promise<void> {
  const { id, field } = reference;
  const call = refer(reference, await exampleCall(t, id, as));
  const answer = await sendCall(boardroom.url, call);
  const told = `${id} ${field} as ${as}: ${answer.status} ${answer.text.slice(0, 300)}`;
  if (declared(id).effect === "read") {
    expect([200, 404], told).toContain(answer.status);
    // A list finds nothing; one thing is answered without what the reference would have added.
    const found = answer.status === 200 ? readBody(answer) : [];
    if (Array.isArray(found)) expect(countOf(found), told).toBe(0);
  } else if (id === "issues.bulk" && answer.status === 200) {
    // It says of each issue what became of it.
    const results = readBody(answer) as { changed: boolean; error: { code: string } | null }[];
    for (const { changed, error } of results)
      expect([changed, error?.code], told).toEqual([false, refusedInBulk(field)]);
  } else {
    expect(isAgentsOwn(as, field) ? [403] : [404], told).toContain(answer.status);
    refusalOf(answer, told);
  }
  expectNoLeak(call, answer);
}

/** The columns of a board are always there. */
const countOf = (found: { issues?: unknown[] }[]) =>
  found.reduce((sum, { issues }) => sum + (Array.isArray(issues) ? issues.length : 1), 0);

const refusedInBulk = (field: string) => (field === "ids" ? "not_found" : "invalid_reference");

const referring = references.flatMap((reference) =>
  allowedPairs.filter(([id]) => id === reference.id).map(([, as]) => [reference, as] as const),
);

describe("another company's ids in bodies and queries name nothing", () => {
  it("knows what each of them names", () => {
    expect(references.length).toBeGreaterThan(30);
  });

  it("for any caller", async () => {
    await forEachOf(referring, 4, ([reference, as]) => expectUnknownReference(reference, as, mine));
  });

  it("in the payload of a proposal that is submitted again", async () => {
    const draft = { name: `Eve ${mine.mark}`, adapterConfig: { url: "http://127.0.0.1:9/" } };
    const hired = await mine.clients.agentKey.call("agents.hire", { params: { cid: mine.cid }, body: draft });
    const params = { id: hired.approval?.id ?? "" };
    await mine.board.call("approvals.requestRevision", { params, body: {} });
    const payload = { ...draft, reportsTo: theirs.ids.agent };
    const call = { ...(await exampleCall(mine, "approvals.resubmit", "session")), params, body: { payload } };
    const answer = await sendCall(boardroom.url, call);
    if (answer.status === 200) {
      await expect(mine.board.call("approvals.approve", { params, body: {} })).rejects.toMatchObject({ status: 404 });
    } else expect(answer.status).toBe(404);
    await boardroom.ownerQuery("delete from approvals where id = $1", [params.id]);
  });
});

describe("a person of both companies", () => {
  let both: Tenant;
  beforeAll(async () => {
    await boardroom.ownerQuery(
      `insert into memberships (company_id, user_id, display_name, role) values ($1, $2, 'Both', 'owner')`,
      [theirs.cid, mine.ids.user],
    );
    both = mine;
  });
  afterAll(async () => {
    await boardroom.ownerQuery("delete from memberships where company_id = $1 and user_id = $2", [
      theirs.cid,
      mine.ids.user,
    ]);
  });

  it("can't mix them in a path", async () => {
    const several = withParams.filter(([id]) => ownedParamNames(id).length > 1);
    expect(new Set(several.map(([id]) => id)).size).toBeGreaterThan(2);
    for (const [id, as] of several) {
      const call = await exampleCall(both, id, as);
      for (const name of ownedParamNames(id)) {
        await expectNotFound({ ...call, params: { ...call.params, [name]: theirs.ids[nounOfParam(id, name)] } });
      }
    }
  });

  it("can't mix them in a body or a query", async () => {
    // Who is a member of both may be named in both.
    const mixing = referring.filter(([{ noun }, as]) => noun !== "user" && (as === "session" || as === "boardKey"));
    await forEachOf(mixing, 4, ([reference, as]) => expectUnknownReference(reference, as, both));
  });
});

it("after all of that nothing of theirs changed, and nothing of mine names it", async () => {
  expect(await fingerprint(boardroom, theirs.cid)).toEqual(before);
  expect(await rowsNaming(boardroom, mine.cid, [...Object.values(theirs.ids), theirs.mark])).toEqual([]);
  const kept = await boardroom.ownerQuery("select 1 from board_keys where id = $1 and revoked_at is null", [
    theirs.ids.boardKey,
  ]);
  expect(kept).toHaveLength(1);
});

it("covers every operation that names something in its path", () => {
  const ids = new Set<OperationId>(withParams.map(([id]) => id));
  expect(ids.size).toBeGreaterThan(60);
});
