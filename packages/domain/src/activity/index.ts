export * from "./list-activity.ts";
export * from "./list-entity-activity.ts";
export * from "./read-activity-page.ts";
export * from "./read-feed.ts";
