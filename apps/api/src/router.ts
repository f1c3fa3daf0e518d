import type { Hono } from "hono";

export type ApiRouter = Hono<{ Variables: { requestId: string } }, Record<string, never>, "/api">;
