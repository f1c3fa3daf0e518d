export * from "./accept-interaction.ts";
export * from "./cancel-interaction.ts";
export * from "./create-interaction.ts";
export * from "./expire-interactions.ts";
export * from "./list-company-interactions.ts";
export * from "./list-interactions.ts";
export * from "./reject-interaction.ts";
export * from "./respond-interaction.ts";
