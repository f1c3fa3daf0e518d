export * from "./create-milestone.ts";
export * from "./delete-milestone.ts";
export * from "./get-milestone.ts";
export * from "./list-milestones.ts";
export * from "./update-milestone.ts";
