export { LocalServiceError, type LocalServiceErrorCode } from "./local-service-error.ts";
export type { Email } from "./mailbox/email.ts";
export type { EmailMatch } from "./mailbox/email-store.ts";
export { findLinks } from "./mailbox/mailbox-page.ts";
export {
  type LocalMailbox,
  type MailboxFaults,
  type StartMailboxOptions,
  startMailbox,
} from "./mailbox/start-mailbox.ts";
export type { FaultChance, FaultMatch, NeonFaults } from "./neon-endpoint/neon-faults.ts";
export { type RequestStats, UNTAGGED } from "./neon-endpoint/request-stats.ts";
export {
  type NeonEndpoint,
  type StartNeonEndpointOptions,
  startNeonEndpoint,
} from "./neon-endpoint/start-neon-endpoint.ts";
export { findFreePort, findLastingPort, LOOPBACK } from "./ports.ts";
export {
  type LocalPostgres,
  type PostgresRole,
  type StartPostgresOptions,
  startPostgres,
} from "./postgres/start-postgres.ts";
export type { Delivery } from "./queue/dispatcher.ts";
export type { QueueFaults } from "./queue/queue-faults.ts";
export type { DeadMessage } from "./queue/queue-message.ts";
export { type LocalQueue, type StartQueueOptions, startQueue } from "./queue/start-queue.ts";
export { newSeed, seededRandom } from "./seeded-random.ts";
export { type LocalServices, type StartServicesOptions, startServices } from "./services.ts";
