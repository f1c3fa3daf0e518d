export * from "./append-run-log.ts";
export * from "./archive-run-log.ts";
export * from "./list-unarchived-logs.ts";
export { type LogPage, readLogPages, type WantedLog } from "./read-log-pages.ts";
export * from "./read-run-log.ts";
export * from "./read-run-transcript.ts";
export * from "./settle-run-log.ts";
export { sliceLog } from "./slice-log.ts";
