import * as z from "zod";
import { operation } from "../operation.ts";
import { instant } from "../primitives.ts";

export const systemOperations = {
  "system.health": operation({
    method: "GET",
    path: "/health",
    summary: "Whether the service and its database answer, and when the scheduler last ran",
    tag: "System",
    callers: ["public", "user", "agent", "run"],
    effect: "read",
    locate: { by: "actor" },
    output: z
      .object({
        status: z.literal("ok"),
        version: z.string(),
        scheduler: z.object({
          lastTickAt: instant.nullable().describe("When the minute's work was last begun; null when it never was"),
          isLate: z.boolean().describe("It should have been begun again since: the cron trigger doesn't fire"),
          rescued: z.number().int().describe("How often requests did the minute's work in place of the cron trigger"),
        }),
      })
      .meta({ id: "Health" }),
    status: 200,
  }),
} as const;
