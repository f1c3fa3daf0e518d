export * from "./decide-review.ts";
export * from "./give-evidence.ts";
export * from "./list-company-reviews.ts";
export * from "./list-criteria.ts";
export * from "./list-reviews.ts";
export * from "./replace-criteria.ts";
export * from "./replace-reviews.ts";
