export { type ApiApp, createApi } from "./app.ts";
export { createHttpMailer, type HttpMailerOptions } from "./auth/http-mailer.ts";
export type { ApiEnv, HubPort, LogEntry, Mail, MailerPort, QueueReceiver } from "./env.ts";
export { createSystemCtx, portsOfInvocation } from "./ports.ts";
export { type ClosingMessage, type EventMessage, type QueueMessage, queueDeliverPath, queueMessage } from "./queue.ts";
export { createTokens, type Tokens } from "./tokens.ts";
