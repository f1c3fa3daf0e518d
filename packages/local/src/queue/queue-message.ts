export interface FlowControl {
  key: string;
  parallelism?: number;
  rate?: number;
  periodMs: number;
}

/** Where to send the result of another message, and with which publish headers. */
export interface CallbackTarget {
  url: string;
  headers: Record<string, string>;
}

/** A message that waits for delivery, in the form the journal keeps. */
export interface QueueMessage {
  messageId: string;
  url: string;
  method: string;
  /** Headers the receiver gets. */
  headers: Record<string, string>;
  bodyBase64: string;
  createdAt: number;
  /** When the next attempt is due, in milliseconds since 1970. */
  notBefore: number;
  retried: number;
  maxRetries: number;
  retryDelay?: string;
  timeoutMs: number;
  callback?: CallbackTarget;
  failureCallback?: CallbackTarget;
  flowControl?: FlowControl;
  label?: string;
}

/** A message given up, with the answer to its last attempt. */
export interface DeadMessage extends QueueMessage {
  dlqId: string;
  /** 0 when there was no answer at all. */
  responseStatus: number;
  responseHeaders: Record<string, string>;
  responseBody: string;
}

/** A message as QStash's API shows it. */
export function describeMessage(message: QueueMessage): Record<string, unknown> {
  const { flowControl } = message;
  return {
    messageId: message.messageId,
    url: message.url,
    method: message.method,
    header: toLists(message.headers),
    ...describeBody(message.bodyBase64),
    createdAt: message.createdAt,
    notBefore: message.notBefore,
    maxRetries: message.maxRetries,
    retried: message.retried,
    retryDelayExpression: message.retryDelay,
    timeout: message.timeoutMs / 1000,
    callback: message.callback?.url,
    failureCallback: message.failureCallback?.url,
    label: message.label,
    ...(flowControl && {
      flowControlKey: flowControl.key,
      parallelism: flowControl.parallelism,
      rate: flowControl.rate,
      period: flowControl.periodMs / 1000,
    }),
  };
}

export function describeDeadMessage(message: DeadMessage): Record<string, unknown> {
  return {
    ...describeMessage(message),
    dlqId: message.dlqId,
    responseStatus: message.responseStatus,
    responseHeader: toLists(message.responseHeaders),
    responseBody: message.responseBody,
  };
}

export function toLists(headers: Record<string, string>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
}

function describeBody(bodyBase64: string): { body?: string; bodyBase64?: string } {
  try {
    return { body: new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(bodyBase64, "base64")) };
  } catch {
    return { bodyBase64 };
  }
}
