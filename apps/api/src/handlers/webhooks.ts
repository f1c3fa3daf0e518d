import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  getWebhookEndpoint,
  listWebhookDeliveries,
  listWebhookEndpoints,
  replayDeliveries,
  rotateEndpointSecret,
  testWebhookEndpoint,
  updateWebhookEndpoint,
} from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const webhookHandlers: HandlersOf<"webhookEndpoints"> = {
  "webhookEndpoints.list": listWebhookEndpoints,
  "webhookEndpoints.create": createWebhookEndpoint,
  "webhookEndpoints.get": getWebhookEndpoint,
  "webhookEndpoints.update": updateWebhookEndpoint,
  "webhookEndpoints.delete": deleteWebhookEndpoint,
  "webhookEndpoints.rotateSecret": rotateEndpointSecret,
  "webhookEndpoints.deliveries": listWebhookDeliveries,
  "webhookEndpoints.test": testWebhookEndpoint,
  "webhookEndpoints.replay": replayDeliveries,
};
