export { type AgentBehaviour, behaviours } from "./agent/behaviours.ts";
export { type ReceivedWebhook, startAgent, type TestAgent } from "./agent/start-agent.ts";
export type { TestBoardroom } from "./boardroom.ts";
export * from "./device/index.ts";
export type { HiredTestAgent } from "./hire-http-agent.ts";
export type { TestCompany } from "./new-company.ts";
export type { TestPerson } from "./sign-up.ts";
export { type Stack, type StackOptions, startStack } from "./start-stack.ts";
export { type OwnBoardroom, useBoardroom, useOwnBoardroom } from "./use-boardroom.ts";
