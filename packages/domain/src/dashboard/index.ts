export * from "./read-badges.ts";
export * from "./read-dashboard.ts";
