export * from "./create-challenge.ts";
export * from "./decide-challenge.ts";
export * from "./find-challenge.ts";
export * from "./poll-challenge.ts";
export * from "./read-cli-identity.ts";
export * from "./revoke-current-key.ts";
