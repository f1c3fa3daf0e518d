import type {
  Operation,
  OperationId,
  OperationInput,
  OperationItem,
  OperationOutput,
  Operations,
} from "@boardroom/contract";
import type { Ctx, DeviceCtx, Page, PersonCtx } from "@boardroom/domain";

/** For what anybody may ask. */
export interface PublicCtx extends DeviceCtx {
  version: string;
  /** The address that the call comes from; null where no Cloudflare stands before us. */
  visitor: string | null;
}

type CallerOf<O extends Operation> = O["callers"][number];
type IsOf<O extends Operation, C extends string, T> = Extract<CallerOf<O>, C> extends never ? never : T;
type IsActorLocated<O extends Operation> = O["locate"] extends { by: "actor" } ? true : false;

/** Who acts: inside the located company everyone is a tenant; outside of one people are only themselves. */
export type CtxOf<O extends Operation> =
  "public" extends CallerOf<O>
    ? PublicCtx
    : IsActorLocated<O> extends true
      ? IsOf<O, "user", PersonCtx> | IsOf<O, "agent" | "run" | "runner", Ctx>
      : Ctx;

type Part<P> = P extends object ? P : unknown;
type Parts<I extends { params: unknown; query: unknown; body: unknown }> = Part<I["params"]> &
  Part<I["query"]> &
  Part<I["body"]>;
type InputOf<O extends Operation> = Omit<Parts<OperationInput<O>>, "cid">;

/** What a verb answers; the door parses it with the operation's schema and drops what that doesn't declare. */
type ResultOf<O extends Operation> = O extends { paged: true }
  ? Promise<Page<OperationItem<O>>>
  : O["output"] extends null
    ? Promise<void>
    : Promise<OperationOutput<O>>;

export type Handler<K extends OperationId> = (
  ctx: CtxOf<Operations[K]>,
  input: InputOf<Operations[K]>,
) => ResultOf<Operations[K]>;

/** The handlers of all operations whose ids start with one of these nouns. */
export type HandlersOf<Noun extends string> = { [K in Extract<OperationId, `${Noun}.${string}`>]: Handler<K> };
