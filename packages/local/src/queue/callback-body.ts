import type { DeliveryAnswer } from "./deliver-message.ts";
import { type QueueMessage, toLists } from "./queue-message.ts";

/** What a callback receives about an attempt; `dlqId` only when the message was given up. */
export function writeCallbackBody(message: QueueMessage, answer: DeliveryAnswer, dlqId?: string): Buffer {
  return Buffer.from(
    JSON.stringify({
      status: answer.status,
      header: toLists(answer.headers),
      body: Buffer.from(answer.body).toString("base64"),
      retried: message.retried,
      maxRetries: message.maxRetries,
      dlqId,
      sourceMessageId: message.messageId,
      url: message.url,
      method: message.method,
      sourceHeader: toLists(message.headers),
      sourceBody: message.bodyBase64,
      notBefore: message.notBefore,
      createdAt: message.createdAt,
    }),
  );
}
