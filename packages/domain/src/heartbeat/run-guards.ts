import { type AdapterTraits, adapterTraits, externalTraits } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import { retryPolicy } from "./limits.ts";
import { runTransitions } from "./run-machine.ts";

/** The states from which an event may come, as the right side of `status in`. */
export const statesBefore = (event: keyof typeof runTransitions): SQL =>
  sql.raw(`(${runTransitions[event].from.map((status) => `'${status}'`).join(", ")})`);

const byAdapter = (textOf: (traits: AdapterTraits) => string): SQL =>
  sql.raw(
    `case a.adapter_type ${Object.entries(adapterTraits)
      .map(([type, traits]) => `when '${type}' then ${textOf(traits)}`)
      .join(" ")} else ${textOf(externalTraits)} end`,
  );

/** Whether runs of the agent `a` need a runner. */
export const needsRunner = byAdapter(({ place }) => String(place === "runner"));

/** Seconds of a lease of the agent `a`. */
export const leaseSeconds = byAdapter((traits) => String(traits.leaseSeconds));

/** Seconds after which a run of the agent `a` is told to stop. */
export const timeoutSeconds = sql`coalesce((a.runtime_config #>> '{heartbeat,timeoutSec}')::int, 3600)`;

/** What a session of the agent `a` is bound to: its kind and the configuration fields that matter to a session. */
export const configFingerprint = sql`md5(a.adapter_type || ${byAdapter(({ sessionFields }) =>
  sessionFields.map((field) => `coalesce(a.adapter_config ->> '${field}', '')`).join(" || ' ' || "),
)})`;

/** Seconds until a task is tried again, as `retryDelaySeconds` of the machine says. */
export function retryDelay(family: keyof typeof retryPolicy, retryNumber: SQL, retryAfterSec: number): SQL {
  const { firstSeconds, longestSeconds } = retryPolicy[family];
  return sql`greatest(${retryAfterSec}::float8, least(${longestSeconds}::float8, ${firstSeconds}::float8 * power(4, ${retryNumber}) * (1 + random() / 5)))`;
}
