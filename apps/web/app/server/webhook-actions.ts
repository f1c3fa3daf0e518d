import { readEndpointChange, readReplay } from "../forms/webhook-form.ts";
import type { MadeSecret } from "./agent-actions.ts";
import type { CompanyActionArgs } from "./board.ts";

/** How a test went that was just sent. */
export interface SentTest {
  test: { message: string; error: boolean };
}

/** Does what one of an endpoint's forms asks. Answers what is to be shown now, or null when the page says it all. */
export async function actOnEndpoint({
  api,
  form,
  intent,
  params,
}: CompanyActionArgs): Promise<MadeSecret | SentTest | null> {
  const of = { params: { id: params.endpoint ?? "" } };
  switch (intent) {
    case "test": {
      const { attempts } = await api.call("webhookEndpoints.test", of);
      const attempt = attempts.at(-1);
      if (attempt && !attempt.error)
        return { test: { message: `It answered ${attempt.status} in ${attempt.durationMs} ms.`, error: false } };
      return { test: { message: attempt?.error ?? "It is on its way.", error: attempt !== undefined } };
    }
    case "rotate": {
      const { webhookSecret } = await api.call("webhookEndpoints.rotateSecret", of);
      const hint = "The receiver verifies with it. The previous one signs along for 24 hours.";
      return { secret: { title: "New signing secret", value: webhookSecret, hint } };
    }
    case "enable":
      await api.call("webhookEndpoints.update", { ...of, body: { status: "active" } });
      return null;
    case "disable":
      await api.call("webhookEndpoints.update", { ...of, body: { status: "disabled" } });
      return null;
    case "missed":
    case "replay":
      await api.call("webhookEndpoints.replay", { ...of, body: readReplay(form) });
      return null;
    case "delete":
      await api.call("webhookEndpoints.delete", of);
      return null;
    default:
      await api.call("webhookEndpoints.update", { ...of, body: readEndpointChange(form) });
      return null;
  }
}
