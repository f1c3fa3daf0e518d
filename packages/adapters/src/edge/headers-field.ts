import * as z from "zod";

/** Headers that the call sets itself, or that would change how it is read. */
const own =
  /^(host|connection|content-.*|transfer-encoding|te|trailer|upgrade|accept|user-agent|traceparent|idempotency-key|a2a-version|webhook-.*|cf-.*|x-forwarded-.*)$/i;

/** Headers of one's own that go with each call of an agent; where secrets may stand. */
export const headersField = z
  .record(
    z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9-]{0,99}$/, "is not the name of a header")
      .refine((name) => !own.test(name), "is set by Boardroom itself"),
    z
      .string()
      .max(8000)
      .regex(/^[\t\x20-\x7e]*$/, "holds characters that a header can't"),
  )
  .refine((headers) => Object.keys(headers).length <= 30, "names more than 30 headers")
  .optional()
  .meta({
    title: "Headers",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what a person is to type.
    description: "Sent with each call. For what is secret store a secret and refer to it: ${secret:key}",
  });
