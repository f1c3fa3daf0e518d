import { type Caller, type Operation, type OperationId, operationIds, operations } from "@boardroom/contract";
import { examples } from "./examples/index.ts";
import { type Answer, type Sent, send } from "./send.ts";
import { type CallerName, callerKinds, callerNames, type Tenant, type TenantIds } from "./tenant.ts";

export const declared = (id: OperationId): Operation => operations[id];
export const isPublic = (id: OperationId) => declared(id).callers.includes("public");

/** Operations that somebody must prove themselves for. */
export const guardedIds = operationIds.filter((id) => !isPublic(id));

/** Who may call an operation; a public one needs nobody, so anybody will do. */
export const callersOf = (id: OperationId): CallerName[] =>
  callerNames.filter(
    (name) =>
      isPublic(id) ||
      (declared(id).callers.includes(callerKinds[name] satisfies Caller) &&
        !(declared(id).sessionOnly && name === "boardKey")),
  );

/** All pairs of an operation and a caller that it is for. */
export const allowedPairs = operationIds.flatMap((id) => callersOf(id).map((as) => [id, as] as const));

/** A call as plain parts, so that a test can break one of them. */
export interface Call {
  id: OperationId;
  params: Record<string, string>;
  query: Record<string, string>;
  body: Record<string, unknown>;
  headers: Record<string, string>;
}

/** The example of an operation as this caller would send it. */
export async function exampleCall(t: Tenant, id: OperationId, as: CallerName): Promise<Call> {
  const make = examples[id];
  if (!make) throw new Error(`${id} has no example; write one in test/support/examples.`);
  const { params = {}, query = {}, body = {}, headers = {} } = (await make(t, as)) as Partial<Call>;
  return { id, params, query, body, headers: { ...t.headers[as], ...headers } };
}

export const paramNames = (id: OperationId): string[] =>
  [...declared(id).path.matchAll(/:([a-zA-Z]+)/g)].map(([, name = ""]) => name);

const nouns: Record<string, keyof TenantIds> = {
  cid: "company",
  iid: "interaction",
  mid: "member",
  jid: "joinRequest",
  hid: "treeHold",
  sid: "pushSubscription",
  aid: "approval",
  did: "approval",
  key: "skill",
  commentId: "comment",
  revisionId: "routineRevision",
};

/** Where a name says too little. */
const ofOperation: Partial<Record<OperationId, Record<string, keyof TenantIds>>> = {
  "boardKeys.revoke": { id: "boardKey" },
  "agentKeys.revoke": { kid: "agentKey" },
  "agents.rollbackConfig": { rid: "configRevision" },
  "criteria.giveEvidence": { kid: "criterion" },
  "criteria.takeEvidence": { kid: "criterion" },
  "documents.get": { key: "document" },
  "documents.delete": { key: "document" },
  "documents.revisions": { key: "document" },
  "documents.getRevision": { key: "document", rid: "documentRevision" },
  "documents.restore": { key: "document", rid: "documentRevision" },
  "reviews.approve": { rid: "reviewStage" },
  "reviews.requestChanges": { rid: "reviewStage" },
  "runners.reportTest": { id: "environmentTest" },
  "costs.correct": { id: "costEvent" },
  "costs.deletePrice": { id: "price" },
  "budgets.updatePolicy": { id: "budgetPolicy" },
  "budgets.deletePolicy": { id: "budgetPolicy" },
  "budgets.resolveIncident": { id: "budgetIncident" },
};

/** What a parameter of a path names. A new parameter has to be written down here. */
export function nounOfParam(id: OperationId, name: string): keyof TenantIds {
  const { locate } = declared(id);
  const noun = ofOperation[id]?.[name] ?? (locate.by === "actor" || locate.param !== name ? nouns[name] : undefined);
  if (noun) return noun;
  if (locate.by !== "actor" && locate.param === name) return locate.by;
  throw new Error(`What does :${name} of ${id} name? Write it down in test/support/calls.ts.`);
}

/** The params of an operation, naming what this company has; what no company owns stands for itself. */
export const paramsOf = (id: OperationId, ids: TenantIds): Record<string, string> =>
  Object.fromEntries(
    paramNames(id).map((name) => [name, isOwned(id, name) ? ids[nounOfParam(id, name)] : unownedOf(id, name)]),
  );

/** A kind of agent or decision, the end of nobody's link, a command line that never asked, a document that is yet to be written. */
const unowned: Record<string, string> = {
  type: "http",
  kind: "approval",
  key: "new",
  token: "a".repeat(43),
  id: "01990000-0000-7000-8000-000000000000",
};
const unownedOf = (id: OperationId, name: string) =>
  id === "decisionPolicies.set" && name === "type" ? "request_board_approval" : (unowned[name] ?? "");
const isOwned = (id: OperationId, name: string) =>
  !["type", "kind", "token"].includes(name) &&
  !(id.startsWith("cliAuth.") && name === "id") &&
  !(id === "documents.put" && name === "key");

/** Those parameters that name something which a company owns. */
export const ownedParamNames = (id: OperationId): string[] => paramNames(id).filter((name) => isOwned(id, name));

export function pathOf(id: OperationId, params: Record<string, string>, query: Record<string, string> = {}): string {
  const encode = (value: string) => encodeURIComponent(value.toWellFormed());
  const path = declared(id).path.replace(/:([a-zA-Z]+)/g, (_, name: string) => encode(params[name] ?? ""));
  const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)])).toString();
  return search === "" ? path : `${path}?${search}`;
}

/** Sends a call, its body only where the operation takes one. */
export function sendCall(url: string, call: Call, extra: Sent = {}): Promise<Answer> {
  const { method, body: schema } = declared(call.id);
  const headers = { ...call.headers, ...extra.headers };
  return send(url, method, pathOf(call.id, call.params, call.query), {
    ...(schema && { body: call.body }),
    ...extra,
    headers,
  });
}

/** Does something for each, a few at a time. */
export async function forEachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) await work(items[index] as T, index);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
