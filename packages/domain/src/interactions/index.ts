export * from "./create-interaction.ts";
export * from "./list-company-interactions.ts";
export * from "./list-interactions.ts";
export * from "./resolve-interaction.ts";
