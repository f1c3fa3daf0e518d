import * as z from "zod";
import { headersField } from "../edge/headers-field.ts";

/** Settings of an `http` agent. The signing secret is not part of it and is never read back. */
export const httpAdapterConfig = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .meta({ title: "Webhook URL", description: "Where the signed webhook goes" }),
  timeoutSec: z
    .number()
    .int()
    .min(1)
    .max(25)
    .default(15)
    .meta({ title: "Answer within (seconds)", description: "How long an answer is awaited" }),
  headers: headersField,
});
