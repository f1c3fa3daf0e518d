import type { WebhookAttempt } from "@boardroom/contract";

/** A webhook as it is to be sent. */
export interface OutgoingWebhook {
  url: string;
  /** `whsec_…`, the current one first. */
  secrets: readonly string[];
  /** The `webhook-id`. */
  messageId: string;
  /** JSON. */
  body: string;
}

/** How sending went. */
export interface WebhookAnswer extends WebhookAttempt {
  /** The receiver took it. */
  isDelivered: boolean;
  /** It wants no more (410), or may not be called at all. */
  isFinal: boolean;
  retryAfterMs: number | null;
}

/** How addresses of companies are told what happens. */
export interface EventWebhookPort {
  /** Why webhooks may not go to an address, or null when they may. */
  checkUrl(url: string): string | null;
  /** Never rejects: trouble is an answer. */
  send(webhook: OutgoingWebhook): Promise<WebhookAnswer>;
  /** Has the queue call for what is due of these companies, in so many milliseconds. */
  deliverSoon(companyIds: readonly string[], delayMs: number): Promise<void>;
  /** Whether a company has addresses to tell may be another than before. */
  endpointsChanged(companyId: string): void;
}
