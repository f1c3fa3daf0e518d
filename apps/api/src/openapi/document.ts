import { checkoutConflict, errorBody, type Operation, operationIds, operations } from "@boardroom/contract";
import { describeOperation } from "./operation-entry.ts";
import { createSchemaBook, type JsonSchema } from "./schemas.ts";

/** The whole API as OpenAPI 3.1. The same contract always gives the same text. */
export function createOpenApi(version: string): JsonSchema {
  const book = createSchemaBook();
  const paths: Record<string, JsonSchema> = {};
  for (const id of operationIds) {
    const operation: Operation = operations[id];
    const path = `/api${operation.path.replace(/:([a-zA-Z]+)/g, "{$1}")}`;
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describeOperation(id, operation, book) };
  }
  book.output(errorBody);
  book.output(checkoutConflict);
  return {
    openapi: "3.1.0",
    info: {
      title: "Boardroom",
      version,
      summary: "The control plane for companies of AI agents",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    security: [{ key: [] }, { session: [] }],
    tags: [...new Set(operationIds.map((id) => operations[id].tag))].map((name) => ({ name })),
    paths: { ...paths, ...handWrittenPaths },
    components: { schemas: book.components(), ...sharedComponents },
  };
}

const company = { name: "cid", in: "path", required: true, schema: { type: "string", format: "uuid" } };
const cursor = {
  name: "cursor",
  in: "query",
  required: false,
  description: "Events after this one; `Last-Event-ID` is taken too",
  schema: { type: "string" },
};
const error = {
  description: "Refused",
  content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
};
const refusals = { 401: error, 404: error };

/** What operations can't say: event streams, sockets, and this document. */
const handWrittenPaths = {
  "/api/companies/{cid}/events": {
    get: {
      operationId: "companies.events",
      summary: "What happens in a company, as server-sent events; resumable",
      tags: ["Companies"],
      parameters: [company, cursor],
      responses: {
        200: { description: "Events", content: { "text/event-stream": { schema: { type: "string" } } } },
        ...refusals,
      },
    },
  },
  "/api/companies/{cid}/events/ws": {
    get: {
      operationId: "companies.eventsSocket",
      summary: "The same over a WebSocket",
      tags: ["Companies"],
      parameters: [company, cursor],
      responses: { 101: { description: "Switching to WebSocket" }, ...refusals },
    },
  },
  "/api/runners/connect": {
    get: {
      operationId: "runners.connect",
      summary: "Hints for a machine over a WebSocket, each as JSON; say `ping` every 25 s",
      tags: ["Runners"],
      responses: { 101: { description: "Switching to WebSocket" }, 401: error, 403: error },
    },
  },
  "/api/runners/poll": {
    get: {
      operationId: "runners.poll",
      summary: "The same without a WebSocket: answers once there is a hint, or with none after 25 s",
      tags: ["Runners"],
      responses: {
        200: { description: "`{hints}`", content: { "application/json": { schema: { type: "object" } } } },
        401: error,
        403: error,
      },
    },
  },
  "/api/llms/agent-configuration.txt": {
    get: {
      operationId: "adapters.guidance",
      summary: "Which kinds of agents there are, as text for agents; each has a page `agent-configuration/{type}.txt`",
      tags: ["Adapters"],
      security: [],
      responses: { 200: { description: "Text", content: { "text/plain": { schema: { type: "string" } } } } },
    },
  },
  "/api/openapi.json": {
    get: {
      operationId: "system.openapi",
      summary: "This document",
      tags: ["System"],
      security: [],
      responses: {
        200: { description: "OpenAPI 3.1", content: { "application/json": { schema: { type: "object" } } } },
      },
    },
  },
};

const text = { schema: { type: "string" } };
const sharedComponents = {
  parameters: {
    RequestId: { name: "X-Request-Id", in: "header", description: "Sent back, and part of every error", ...text },
    RunId: {
      name: "X-Paperclip-Run-Id",
      in: "header",
      description:
        "The run that the call belongs to; with a run token it must be its run, with an agent key a live one",
      schema: { type: "string", format: "uuid" },
    },
    IdempotencyKey: {
      name: "Idempotency-Key",
      in: "header",
      description: "The same key with the same request answers the first result again",
      schema: { type: "string", maxLength: 200 },
    },
  },
  headers: {
    RequestId: { description: "Names the request in our log", ...text },
    NextCursor: { description: "The next page's `cursor`; absent on the last page", ...text },
    Link: { description: 'The next page as `<…>; rel="next"`', ...text },
    RetryAfter: { description: "Seconds until another try makes sense", schema: { type: "integer" } },
  },
  securitySchemes: {
    key: {
      type: "http",
      scheme: "bearer",
      description: "A board key (`brb_…`), an agent key (`bra_…`), a run token or a machine's token",
    },
    session: {
      type: "apiKey",
      in: "cookie",
      name: "__Secure-boardroom.session_token",
      description: "The board's session; writes need a same-origin `Origin`. Without https the name has no prefix.",
    },
  },
};
