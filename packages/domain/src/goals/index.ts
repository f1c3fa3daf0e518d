export * from "./create-goal.ts";
export * from "./delete-goal.ts";
export * from "./get-goal.ts";
export * from "./list-goals.ts";
export * from "./update-goal.ts";
