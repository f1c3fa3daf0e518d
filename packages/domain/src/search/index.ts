export * from "./search-company.ts";
