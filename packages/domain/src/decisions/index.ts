export * from "./list-decision-policies.ts";
export * from "./list-decisions.ts";
export * from "./set-decision-policy.ts";
export * from "./snooze-decision.ts";
