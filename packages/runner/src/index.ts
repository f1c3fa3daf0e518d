export { type Policy, policySchema } from "./policy/policy.ts";
export { RunnerError, type RunnerErrorCode } from "./runner-error.ts";
export type { RunnerStatus } from "./runner-status.ts";
