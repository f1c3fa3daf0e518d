import type { InvocationMeta } from "../local-adapter.ts";
import { asString, type JsonObject } from "./json.ts";
import { type Step, steps } from "./steps.ts";

const type = "boardroom.invocation";

/** The line that a runner writes into the log before it starts a program; every transcript knows it. */
export const invocationLine = (meta: InvocationMeta): string => JSON.stringify({ type, ...meta });

export function readInvocation(event: JsonObject): readonly Step[] | null {
  if (event.type !== type) return null;
  const args = Array.isArray(event.args) ? event.args.filter((arg) => typeof arg === "string") : [];
  const words = [asString(event.command) ?? "?", ...args].map((word) =>
    /[\s"']/.test(word) ? JSON.stringify(word) : word,
  );
  const session = asString(event.resumedSession);
  return [steps.system(`$ ${words.join(" ")}${session ? ` (goes on with session ${session})` : ""}`)];
}
