export * from "./notify-people.ts";
export type * from "./ports.ts";
export * from "./preferences.ts";
export * from "./push-subscriptions.ts";
