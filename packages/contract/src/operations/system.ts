import * as z from "zod";
import { operation } from "../operation.ts";

export const systemOperations = {
  "system.health": operation({
    method: "GET",
    path: "/health",
    summary: "Whether the service and its database answer",
    tag: "System",
    callers: ["public", "user", "agent", "run"],
    effect: "read",
    locate: { by: "actor" },
    output: z.object({ status: z.literal("ok"), version: z.string() }).meta({ id: "Health" }),
    status: 200,
  }),
} as const;
