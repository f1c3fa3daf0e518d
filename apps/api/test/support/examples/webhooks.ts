import { type Tenant, word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

const ofCompany = (t: Tenant) => ({ params: { cid: t.cid } });
const ofEndpoint = (t: Tenant) => ({ params: { id: t.ids.webhookEndpoint } });
/** Nobody listens there, and nothing that happens is told. */
export const silentEndpoint = () => ({
  url: `http://127.0.0.1:9/${word()}`,
  description: word(),
  eventTypes: ["nothing."],
});
const another = async (t: Tenant) => {
  const { id } = await t.board.call("webhookEndpoints.create", { ...ofCompany(t), body: silentEndpoint() });
  return { params: { id } };
};

export const webhookExamples: ExamplesOf<"webhookEndpoints"> = {
  "webhookEndpoints.list": ofCompany,
  "webhookEndpoints.create": (t) => ({ ...ofCompany(t), body: silentEndpoint() }),
  "webhookEndpoints.get": ofEndpoint,
  "webhookEndpoints.update": (t) => ({ ...ofEndpoint(t), body: { description: word(), eventTypes: ["nothing."] } }),
  "webhookEndpoints.delete": another,
  "webhookEndpoints.rotateSecret": another,
  "webhookEndpoints.deliveries": ofEndpoint,
  "webhookEndpoints.test": ofEndpoint,
  "webhookEndpoints.replay": (t) => ({ ...ofEndpoint(t), body: { deliveryId: t.ids.webhookDelivery } }),
};
