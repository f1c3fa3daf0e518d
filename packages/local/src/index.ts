export { LocalServiceError, type LocalServiceErrorCode } from "./local-service-error.ts";
export type { FaultChance, FaultMatch, NeonFaults } from "./neon-endpoint/neon-faults.ts";
export { type RequestStats, UNTAGGED } from "./neon-endpoint/request-stats.ts";
export {
  type NeonEndpoint,
  type StartNeonEndpointOptions,
  startNeonEndpoint,
} from "./neon-endpoint/start-neon-endpoint.ts";
export { findFreePort, LOOPBACK } from "./ports.ts";
export {
  type LocalPostgres,
  type PostgresRole,
  type StartPostgresOptions,
  startPostgres,
} from "./postgres/start-postgres.ts";
export { newSeed, seededRandom } from "./seeded-random.ts";
