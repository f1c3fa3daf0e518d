import type { OperationCall, OperationId, Operations } from "@boardroom/contract";
import type { CallerName, Tenant } from "../tenant.ts";

/** A call that succeeds; headers where the caller's usual ones don't fit. */
export type ExampleOf<K extends OperationId> = OperationCall<Operations[K]> & { headers?: Record<string, string> };

/** Makes what a call of one's own company needs, and the call. Each makes a fresh one, with fresh names in it. */
export type Example<K extends OperationId> = (t: Tenant, as: CallerName) => ExampleOf<K> | Promise<ExampleOf<K>>;

/** The examples of all operations whose ids start with one of these nouns. */
export type ExamplesOf<Noun extends string> = { [K in Extract<OperationId, `${Noun}.${string}`>]: Example<K> };
