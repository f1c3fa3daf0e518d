import { type OperationId, operationIds } from "@boardroom/contract";
import { z } from "zod";
import { declared } from "./calls.ts";
import type { TenantIds } from "./tenant.ts";

/** What the fields of bodies and queries name. A new field that holds an id has to be written down here. */
const nouns: Record<string, keyof TenantIds> = {
  actorId: "agent",
  approvalId: "approval",
  agentId: "agent",
  agentIds: "agent",
  assigneeAgentId: "agent",
  assigneeUserId: "user",
  blockedByIssueIds: "issue",
  deliveryId: "webhookDelivery",
  entityId: "issue",
  goalId: "goal",
  goalIds: "goal",
  heartbeatRunId: "run",
  ids: "issue",
  intoLabelId: "label",
  issueId: "issue",
  issueIds: "issue",
  labelId: "label",
  labelIds: "label",
  leadAgentId: "agent",
  milestoneId: "milestone",
  ownerAgentId: "agent",
  projectId: "project",
  projectIds: "project",
  reportsTo: "agent",
  reviewerAgentId: "agent",
  reviewerUserId: "user",
  routineId: "routine",
  runId: "run",
  runnerId: "runner",
  sinceCommentId: "comment",
  sourceIssueId: "issue",
  triggerId: "routineTrigger",
};

/** Fields that hold references deeper inside: a value of the field with an id at each such place. */
const nested: Record<string, { noun: keyof TenantIds; value: (id: string) => unknown }[]> = {
  blocked: [
    { noun: "agent", value: (ownerAgentId) => ({ ownerAgentId, action: "Look" }) },
    { noun: "user", value: (ownerUserId) => ({ ownerUserId, action: "Look" }) },
  ],
  stages: [
    { noun: "agent", value: (reviewerAgentId) => [{ kind: "review", reviewerAgentId }] },
    { noun: "user", value: (reviewerUserId) => [{ kind: "review", reviewerUserId }] },
  ],
  criteria: [{ noun: "criterion", value: (id) => [{ id, text: "Done" }] }],
  set: [
    { noun: "project", value: (projectId) => ({ projectId }) },
    { noun: "milestone", value: (milestoneId) => ({ milestoneId }) },
    { noun: "agent", value: (assigneeAgentId) => ({ assigneeAgentId }) },
    { noun: "user", value: (assigneeUserId) => ({ assigneeUserId }) },
    { noun: "label", value: (label) => ({ addLabelIds: [label] }) },
    { noun: "label", value: (label) => ({ removeLabelIds: [label] }) },
  ],
};

/** Fields with the form of an id that name nothing that is there. */
const ownIds = new Set([
  "costs.report id",
  // Judged one by one like a report of its own; one that names what isn't there is refused in its place of the answer.
  "costs.reportBatch events",
  // One that is not the document's latest is an older one.
  "documents.put baseRevisionId",
  "documents.restore baseRevisionId",
  "runs.complete externalRunId",
  "toolApprovals.request callId",
  // What a machine says of its own runs: those of others are superseded.
  "runners.heartbeat runs",
  "runners.heartbeat interrupted",
]);

export interface Reference {
  id: OperationId;
  part: "body" | "query";
  field: string;
  noun: keyof TenantIds;
  /** The field's value that names the id. */
  value(id: string): unknown;
}

/** Every field of every operation that names something of the company, found in the schemas themselves. */
export const references: readonly Reference[] = operationIds.flatMap((id) =>
  (["body", "query"] as const).flatMap((part) => referencesIn(id, part)),
);

type JsonSchema = { [key: string]: unknown; properties?: Record<string, JsonSchema> };

function referencesIn(id: OperationId, part: "body" | "query"): Reference[] {
  const schema = declared(id)[part];
  if (!schema) return [];
  const { properties = {} } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  return Object.entries(properties).flatMap(([field, inner]) => {
    const isReference = holdsUuid(inner) || /(Id|Ids|UserId)$/.test(field);
    if (!isReference || ownIds.has(`${id} ${field}`)) return [];
    const inside = nested[field];
    if (inside) return inside.map((each) => ({ id, part, field, ...each }));
    const noun = field === "parentId" ? parentOf(id) : nouns[field];
    if (!noun) throw new Error(`What does ${field} of ${id} name? Write it down in test/support/references.ts.`);
    const isList = JSON.stringify(inner).includes('"type":"array"');
    return [{ id, part, field, noun, value: (named: string) => (isList ? [named] : named) }];
  });
}

function parentOf(id: OperationId): keyof TenantIds {
  return id.startsWith("goals.") ? "goal" : "issue";
}

function holdsUuid(schema: JsonSchema): boolean {
  return JSON.stringify(schema).includes('"format":"uuid"');
}
