import { type OperationId, operationIds } from "@boardroom/contract";
import { useBoardroom } from "@boardroom/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { callersOf, declared, paramsOf, pathOf } from "./support/calls.ts";
import { type Filling, fillings } from "./support/filling.ts";
import { type Answer, readBody, send } from "./support/send.ts";
import { newTenant, type Tenant } from "./support/tenant.ts";

const boardroom = useBoardroom();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant(boardroom);
});

const paged = operationIds.filter((id) => declared(id).paged);
const fillingOf = (id: OperationId): Filling => fillings[id] ?? expect.fail(`How does the list of ${id} grow?`);
type Item = Record<string, unknown>;
interface Page {
  keys: unknown[];
  next: string | null;
}

async function readPage(id: OperationId, path: string, t = tenant): Promise<Page> {
  const { as = callersOf(id)[0] ?? "session", key = "id" } = fillingOf(id);
  const answer = await send(boardroom.url, "GET", path, { headers: t.headers[as] });
  expect([path, answer.status, answer.status < 400 || answer.text]).toEqual([path, 200, true]);
  return { keys: (readBody(answer) as Item[]).map((item) => item[key]), next: readNext(answer, path) };
}

/** Where the next page is, as both headers say it. */
function readNext(answer: Answer, path: string): string | null {
  const [cursor, link] = [answer.headers.get("x-next-cursor"), answer.headers.get("link")];
  expect(cursor === null, "both headers or none").toBe(link === null);
  if (link === null) return null;
  const [, href = ""] = /^<([^>]+)>; rel="next"$/.exec(link) ?? [];
  const next = new URL(href);
  expect(next.origin).toBe(boardroom.url);
  expect(next.searchParams.get("cursor")).toBe(cursor);
  // All else stays as it was asked for.
  const asked = new URL(`/api${path}`, boardroom.url);
  asked.searchParams.delete("cursor");
  const rest = new URL(next);
  rest.searchParams.delete("cursor");
  expect(rest.href).toBe(asked.href);
  return next.pathname.slice("/api".length) + next.search;
}

const listPath = (id: OperationId, limit: number, t = tenant) =>
  pathOf(id, paramsOf(id, t.ids), { ...fillingOf(id).query, limit: String(limit) });

/** Follows the links to the end; `meanwhile` happens after the first page. */
async function walk(id: OperationId, meanwhile: () => Promise<unknown> = async () => undefined): Promise<unknown[]> {
  const keys: unknown[] = [];
  let path: string | null = listPath(id, 2);
  for (let pages = 0; path !== null; pages++) {
    expect(pages).toBeLessThan(150);
    const page: Page = await readPage(id, path);
    expect(page.keys.length, "no page but that of an empty list is empty").toBeGreaterThan(0);
    expect(page.keys.length).toBe(page.next === null ? Math.min(page.keys.length, 2) : 2);
    keys.push(...page.keys);
    path = page.next;
    if (pages === 0) await meanwhile();
  }
  return keys;
}

it("covers every paged operation", () => {
  expect(Object.keys(fillings).sort()).toEqual([...paged].sort());
});

describe.each(paged)("%s", (id) => {
  it("gives every row exactly once, two at a time, whatever is added meanwhile", async () => {
    const { add } = fillingOf(id);
    for (let rows = 0; rows < 5; rows++) await add(tenant);
    const all = await readPage(id, listPath(id, 200));
    expect(all.next).toBeNull();
    expect(all.keys.length).toBeGreaterThanOrEqual(5);
    expect(new Set(all.keys).size).toBe(all.keys.length);
    const walked = await walk(id, () => add(tenant));
    expect(new Set(walked).size, "a row came twice").toBe(walked.length);
    expect(walked.filter((key) => all.keys.includes(key))).toEqual(all.keys);
    // Once more, so that both odd and even numbers of rows come to their end.
    const grown = await readPage(id, listPath(id, 200));
    expect(await walk(id)).toEqual(grown.keys);
  });
});

it("a list of nothing is an empty page without a next one", async () => {
  const { cid, owner } = await boardroom.newCompany();
  const empty = {
    ...tenant,
    ids: { ...tenant.ids, company: cid },
    headers: { ...tenant.headers, session: owner.headers },
  };
  const neverEmpty = ["companies.members", "companies.activity"];
  for (const id of paged.filter((each) => declared(each).locate.by === "company" && !neverEmpty.includes(each))) {
    expect([id, await readPage(id, listPath(id, 2, empty), empty)]).toEqual([id, { keys: [], next: null }]);
  }
});

it("a next page whose rows are gone is empty, and the last", async () => {
  const { cid, board, owner } = await boardroom.newCompany();
  const labels = [];
  for (const name of ["one", "two", "three"]) {
    labels.push(await board.call("labels.create", { params: { cid }, body: { name } }));
  }
  const path = `/companies/${cid}/labels?limit=2`;
  const first = await send(boardroom.url, "GET", path, { headers: owner.headers });
  await board.call("labels.delete", { params: { id: labels[0]?.id ?? "" } });
  const next = readNext(first, path) ?? "";
  const second = await send(boardroom.url, "GET", next, { headers: owner.headers });
  expect([second.status, readBody(second), readNext(second, next)]).toEqual([200, [], null]);
});

it("rows that came at the same moment are not lost between pages", async () => {
  const { cid, board, owner } = await boardroom.newCompany();
  await Promise.all(
    Array.from({ length: 40 }, (_, at) =>
      board.call("goals.create", { params: { cid }, body: { title: `Goal ${at}` } }),
    ),
  );
  const seen: unknown[] = [];
  for (let path: string | null = `/companies/${cid}/goals?limit=3`; path !== null; ) {
    const answer: Answer = await send(boardroom.url, "GET", path, { headers: owner.headers });
    seen.push(...(readBody(answer) as Item[]).map(({ id }) => id));
    path = readNext(answer, path);
  }
  expect([seen.length, new Set(seen).size]).toEqual([40, 40]);
});
