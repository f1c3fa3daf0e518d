import { type ErrorCode, errorStatus, type Operation, type OperationId } from "@boardroom/contract";
import type { z } from "zod";
import type { JsonSchema, SchemaBook } from "./schemas.ts";

const requestId = { $ref: "#/components/parameters/RequestId" };
const runId = { $ref: "#/components/parameters/RunId" };
const idempotencyKey = { $ref: "#/components/parameters/IdempotencyKey" };
const requestIdHeader = { "X-Request-Id": { $ref: "#/components/headers/RequestId" } };
const pageHeaders = {
  "X-Next-Cursor": { $ref: "#/components/headers/NextCursor" },
  Link: { $ref: "#/components/headers/Link" },
};

/** One operation as OpenAPI describes it. */
export function describeOperation(id: OperationId, operation: Operation, book: SchemaBook): JsonSchema {
  const isPublic = operation.callers.includes("public");
  const isAgents = operation.callers.includes("agent") && !isPublic;
  return {
    operationId: id,
    summary: operation.summary,
    tags: [operation.tag],
    description: describeCallers(operation),
    ...(isPublic && { security: [] }),
    parameters: [
      ...parametersOf("path", operation.params, book),
      ...parametersOf("query", operation.query, book),
      requestId,
      ...(isAgents ? [runId] : []),
      ...(operation.creates ? [idempotencyKey] : []),
    ],
    ...(operation.method !== "GET" && { requestBody: bodyOf(operation, book) }),
    responses: { [operation.status]: answerOf(operation, book), ...errorsOf(operation) },
    "x-callers": operation.callers,
    "x-effect": operation.effect,
  };
}

function describeCallers({ callers, role }: Operation): string {
  const people = callers.includes("user") ? [role ? `members from ${role} up` : "members"] : [];
  const agents = callers.includes("agent") ? ["agents"] : [];
  const runners = callers.includes("runner") ? ["runners"] : [];
  if (callers.includes("public")) return "For everyone, without a key.";
  return `For ${[...people, ...agents, ...runners].join(" and ")}.`;
}

function parametersOf(place: "path" | "query", schema: z.ZodObject | undefined, book: SchemaBook): JsonSchema[] {
  const { properties = {}, required = [] } = schema ? book.input(schema) : {};
  const needed = required as string[];
  return Object.entries(properties as Record<string, JsonSchema>).map(([name, { description, ...own }]) => ({
    name,
    in: place,
    required: place === "path" || needed.includes(name),
    ...(description !== undefined && { description }),
    schema: own,
  }));
}

function bodyOf({ body }: Operation, book: SchemaBook): JsonSchema {
  const schema = body ? book.input(body) : { type: "object", additionalProperties: false };
  const needed = schema.required as string[] | undefined;
  return { required: (needed ?? []).length > 0, content: { "application/json": { schema } } };
}

function answerOf({ output, paged, status }: Operation, book: SchemaBook): JsonSchema {
  const headers = { ...requestIdHeader, ...(paged && pageHeaders) };
  if (output === null) return { description: "Done; there is nothing to answer", headers };
  const description = status === 201 ? "Created" : status === 202 ? "Accepted" : "The answer";
  return { description, headers, content: { "application/json": { schema: book.output(output) } } };
}

/** Every error an operation may answer: those of the door and its own, by status. */
function errorsOf(operation: Operation): JsonSchema {
  const isPublic = operation.callers.includes("public");
  const codes = new Set<ErrorCode>([
    "invalid_request",
    ...(isPublic ? [] : doorErrors),
    ...(operation.errors ?? []),
    "internal",
    "unavailable",
  ]);
  if (operation.method !== "GET") for (const code of bodyErrors) codes.add(code);
  if (operation.creates) codes.add("idempotency_mismatch");
  if (operation.callers.includes("agent") && !isPublic) codes.add("run_mismatch");
  const byStatus = Map.groupBy(codes, (code) => errorStatus[code]);
  return Object.fromEntries([...byStatus].map(([status, group]) => [status, errorAnswerOf(status, group)]));
}

const doorErrors: ErrorCode[] = ["unauthenticated", "forbidden", "bad_origin", "not_found"];
const bodyErrors: ErrorCode[] = ["malformed_json", "payload_too_large", "unsupported_media_type"];

function errorAnswerOf(status: number, codes: readonly ErrorCode[]): JsonSchema {
  const retry = status === 429 || status === 503 ? { "Retry-After": { $ref: "#/components/headers/RetryAfter" } } : {};
  return {
    description: codes.join(", "),
    headers: { ...requestIdHeader, ...retry },
    content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
  };
}
