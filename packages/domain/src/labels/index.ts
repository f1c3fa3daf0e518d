export * from "./create-label.ts";
export * from "./delete-label.ts";
export * from "./list-labels.ts";
export * from "./merge-label.ts";
export * from "./update-label.ts";
