/**
 * What the hubs need, without the rest: an isolate that only holds hubs evaluates nothing else, so that collecting its garbage
 * hardly holds up a thousand viewers.
 */
export * from "./activity/read-feed.ts";
export { systemActor } from "./context.ts";
export * from "./run-logs/read-log-pages.ts";
export * from "./run-logs/slice-log.ts";
export * from "./runners/note-presence.ts";
export * from "./webhooks/has-listeners.ts";
