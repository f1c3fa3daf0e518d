import type { ApiEnv } from "@boardroom/api";
import type { WorkerEnv } from "./env.ts";

/** The platform's counters, one set per place where requests arrive. */
export function createRateLimits({ KEY_LIMIT, ADDRESS_LIMIT }: WorkerEnv): ApiEnv["rateLimits"] {
  if (!KEY_LIMIT || !ADDRESS_LIMIT) return null;
  const within = async (limit: RateLimit, key: string) => (await limit.limit({ key })).success;
  return {
    allowsKey: (key) => within(KEY_LIMIT, key),
    allowsAddress: (address) => within(ADDRESS_LIMIT, address),
  };
}
