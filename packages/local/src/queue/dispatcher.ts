import { setTimeout as sleep } from "node:timers/promises";
import { LocalServiceError } from "../local-service-error.ts";
import { writeCallbackBody } from "./callback-body.ts";
import { type DeliveryAnswer, deliverMessage } from "./deliver-message.ts";
import type { FlowGate } from "./flow-control.ts";
import type { MessageStore } from "./message-store.ts";
import { readPublishRequest } from "./publish-request.ts";
import type { QueueFaultPlan } from "./queue-faults.ts";
import type { CallbackTarget, QueueMessage } from "./queue-message.ts";
import { computeRetryWaitMs } from "./retry-wait.ts";

/** One attempt that was made. */
export interface Delivery {
  messageId: string;
  url: string;
  retried: number;
  /** The answer's status, 0 when there was none. */
  status: number;
  at: number;
  /** True for the extra copy of an injected duplicate. */
  duplicate: boolean;
}

export interface DispatcherParts {
  store: MessageStore;
  faults: QueueFaultPlan;
  gate: FlowGate;
  signingKey: string;
  timeScale: number;
  clock: () => number;
}

const MAX_TIMER_MS = 2 ** 31 - 1;
const MAX_REMEMBERED = 10_000;
const PATIENCE_MS = 2000;
const JOURNAL_WAIT_MS = 1000;
const NON_RETRYABLE = 489;

/** Brings messages to their destination when they are due, again and again until one attempt works or they are given up. */
export class Dispatcher {
  readonly deliveries: Delivery[] = [];
  private readonly parts: DispatcherParts;
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly running = new Set<Promise<unknown>>();
  private readonly stopping = new AbortController();
  private buried = 0;

  constructor(parts: DispatcherParts) {
    this.parts = parts;
  }

  schedule(message: QueueMessage): void {
    const detourMs = this.parts.faults.takeDetourMs();
    const waitMs = Math.max(0, message.notBefore - this.parts.clock()) + detourMs;
    const timer = setTimeout(
      () => {
        this.timers.delete(message.messageId);
        if (waitMs > MAX_TIMER_MS) this.schedule(message);
        else this.parts.gate.push(message.flowControl, () => this.attempt(message));
      },
      Math.min(waitMs, MAX_TIMER_MS),
    );
    this.timers.set(message.messageId, timer);
  }

  async cancel(messageId: string): Promise<void> {
    clearTimeout(this.timers.get(messageId));
    this.timers.delete(messageId);
    await this.parts.store.remove(messageId);
  }

  get busy(): boolean {
    return this.parts.store.messages.size > 0 || this.running.size > 0;
  }

  async whenIdle(timeoutMs: number): Promise<void> {
    for (const end = Date.now() + timeoutMs; this.busy; await sleep(5)) {
      if (Date.now() < end) continue;
      const waiting = this.parts.store.messages.size;
      throw new LocalServiceError("timeout", `queue: ${waiting} messages are still waiting after ${timeoutMs} ms`);
    }
  }

  /** Starts nothing more; what runs gets a moment, then is cut off and will be delivered again after the next start. */
  async stop(): Promise<void> {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    this.parts.gate.close();
    const timer = setTimeout(() => this.stopping.abort(), PATIENCE_MS);
    while (this.running.size > 0) await Promise.allSettled(this.running);
    clearTimeout(timer);
  }

  private async attempt(message: QueueMessage): Promise<void> {
    if (!this.isWaiting(message)) return;
    if (this.parts.faults.takeDuplicate()) this.track(this.send(message, true));
    try {
      await this.track(this.attemptOnce(message));
    } catch {
      // The journal could not be written, the disk may be full: the message stays, and is tried again.
      if (!this.parts.gate.closed) this.schedule({ ...message, notBefore: this.parts.clock() + JOURNAL_WAIT_MS });
    }
  }

  private async attemptOnce(message: QueueMessage): Promise<void> {
    const answer = await this.send(message, false);
    if (this.stopping.signal.aborted || !this.isWaiting(message)) return;
    if (answer.status >= 200 && answer.status < 300) {
      await this.callBack(message.callback, writeCallbackBody(message, answer));
      await this.parts.store.remove(message.messageId);
      return;
    }
    const hopeless = answer.status === NON_RETRYABLE && answer.headers["upstash-nonretryable-error"] === "true";
    if (hopeless || message.retried >= message.maxRetries) await this.giveUp(message, answer);
    else await this.retry(message, answer);
  }

  private async retry(message: QueueMessage, answer: DeliveryAnswer): Promise<void> {
    await this.callBack(message.callback, writeCallbackBody(message, answer));
    const now = this.parts.clock();
    const waitMs = computeRetryWaitMs(message, answer.headers["retry-after"], now) * this.parts.timeScale;
    const next = { ...message, retried: message.retried + 1, notBefore: now + waitMs };
    if (!this.isWaiting(message)) return;
    await this.parts.store.update(next);
    if (!this.parts.gate.closed) this.schedule(next);
  }

  private async giveUp(message: QueueMessage, answer: DeliveryAnswer): Promise<void> {
    this.buried += 1;
    const dlqId = `${this.parts.clock()}-${this.buried}`;
    await this.callBack(message.callback, writeCallbackBody(message, answer));
    await this.callBack(message.failureCallback, writeCallbackBody(message, answer, dlqId));
    const { status: responseStatus, headers: responseHeaders, body: responseBody } = answer;
    await this.parts.store.bury({ ...message, dlqId, responseStatus, responseHeaders, responseBody });
  }

  private async callBack(target: CallbackTarget | undefined, body: Buffer): Promise<void> {
    if (!target) return;
    const now = this.parts.clock();
    const headers = { "content-type": "application/json", ...target.headers };
    const { message } = readPublishRequest(target.url, headers, body, now);
    await this.parts.store.add(message, undefined, now);
    this.schedule(message);
  }

  private async send(message: QueueMessage, duplicate: boolean): Promise<DeliveryAnswer> {
    const { signingKey, clock } = this.parts;
    const { messageId, url, retried } = message;
    const delivery: Delivery = { messageId, url, retried, status: 0, at: clock(), duplicate };
    this.deliveries.push(delivery);
    if (this.deliveries.length > MAX_REMEMBERED) this.deliveries.shift();
    const answer = await deliverMessage(message, signingKey, clock(), this.stopping.signal);
    delivery.status = answer.status;
    return answer;
  }

  /** False once the message was cancelled. */
  private isWaiting(message: QueueMessage): boolean {
    return this.parts.store.messages.has(message.messageId);
  }

  private async track(work: Promise<unknown>): Promise<void> {
    this.running.add(work);
    try {
      await work;
    } finally {
      this.running.delete(work);
    }
  }
}
