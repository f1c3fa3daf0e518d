export * from "./complete-plan.ts";
export * from "./hire-team.ts";
