export * from "./compile-statement.ts";
export * from "./connection.ts";
export * from "./errors.ts";
export * from "./mutate.ts";
export * from "./row.ts";
export * as schema from "./schema/index.ts";
