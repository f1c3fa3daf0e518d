import type { z } from "zod";
import type { ErrorCode } from "./errors.ts";

/**
 * Who may call an operation. `run` is an agent that holds a run token; `agent` one that holds a long-lived key; `runner` a
 * machine with the short token that it got for its device key.
 */
export type Caller = "public" | "user" | "agent" | "run" | "runner";

/**
 * Which agents may call an operation, by what they are to the thing it addresses: any of the company; the one that it belongs
 * to (the agent itself, the assignee of an issue, the owner of a goal, the lead of a project, who wrote or asked for it), or
 * also one above that one in the chain of command.
 */
export type AgentRelation = "any" | "concerned_or_above" | "concerned";

/** The noun whose id in the path says which company the call is about; `cid` names the company itself. */
export type Locator = { by: "company"; param: "cid" } | { by: Locatable; param: string } | { by: "actor" };
export type Locatable =
  | "issue"
  | "agent"
  | "run"
  | "goal"
  | "project"
  | "approval"
  | "label"
  | "comment"
  | "attachment"
  | "routine"
  | "routineTrigger"
  | "projectWorkspace"
  | "executionWorkspace"
  | "toolApproval"
  | "toolRule"
  | "runner"
  | "runnerCode"
  | "secret"
  | "invite"
  | "milestone"
  | "webhookEndpoint";

/** One operation of the API, declared once. The route, OpenAPI, the client and the tests are made from it. */
export interface Operation {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Path below `/api`, with `:name` parameters. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly callers: readonly Caller[];
  /** What it does to stored state; `destroy` can't be undone. */
  readonly effect: "read" | "write" | "destroy";
  readonly locate: Locator;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  /** What a call answers; `null` for 204. Lists declare the array. */
  readonly output: z.ZodType | null;
  readonly status: 200 | 201 | 202 | 204;
  /** A keyset-paged list: answers `X-Next-Cursor` and `Link`. */
  readonly paged?: boolean;
  /** Creates something: `Idempotency-Key` is honoured. */
  readonly creates?: boolean;
  /** Lowest member role that may call it as a user; viewers read, operators work, admins and owners decide. */
  readonly role?: "viewer" | "operator" | "admin" | "owner";
  /** Which agents may call it, where agents may; any of the company when left out. */
  readonly agents?: AgentRelation;
  /** Takes a person who is signed in: no key will do. */
  readonly sessionOnly?: boolean;
  readonly errors?: readonly ErrorCode[];
}

/** Declares an operation and keeps its exact types. */
export const operation = <const O extends Operation>(declared: O): O => declared;

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Given<S> = S extends z.ZodType ? z.input<S> : undefined;
/** What a handler gets: parsed params, query and body. */
export interface OperationInput<O extends Operation> {
  params: Parsed<O["params"]>;
  query: Parsed<O["query"]>;
  body: Parsed<O["body"]>;
}
/** What a caller passes; keys without a schema are left out, those whose fields are all optional may be. */
export type OperationCall<O extends Operation> = CallPart<"params", Given<O["params"]>> &
  CallPart<"query", Given<O["query"]>> &
  CallPart<"body", Given<O["body"]>>;
type CallPart<K extends string, V> = V extends undefined
  ? { [P in K]?: undefined }
  : Record<string, never> extends V
    ? { [P in K]?: V }
    : { [P in K]: V };
export type OperationOutput<O extends Operation> = O["output"] extends z.ZodType ? z.output<O["output"]> : undefined;
/** The items of a paged operation. */
export type OperationItem<O extends Operation> = OperationOutput<O> extends readonly (infer I)[] ? I : never;
