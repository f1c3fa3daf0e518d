import type { OperationId, OperationInput, Operations } from "@boardroom/contract";

type Part<P> = P extends object ? P : unknown;
type Parts<I extends { params: unknown; query: unknown; body: unknown }> = Part<I["params"]> &
  Part<I["query"]> &
  Part<I["body"]>;

/** What a verb takes: its operation's params, query and body in one object; the company is in the context. */
export type InputOf<K extends OperationId> = Omit<Parts<OperationInput<Operations[K]>>, "cid">;
