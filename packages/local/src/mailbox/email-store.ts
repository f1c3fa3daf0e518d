import { randomUUID } from "node:crypto";
import { Journal } from "../journal.ts";
import { LocalServiceError } from "../local-service-error.ts";
import type { Email } from "./email.ts";

export interface EmailMatch {
  to: string;
  subject?: string | RegExp;
}

const MAX_EMAILS = 500;

/** The accepted e-mails, oldest first, and those who wait for one; in a journal when a folder is given. */
export class EmailStore {
  emails: Email[] = [];
  private readonly ids = new Map<string, string>();
  private readonly watchers = new Set<() => void>();
  private readonly journal: Journal<Email> | undefined;

  static async open(dir: string | undefined): Promise<EmailStore> {
    const journal = dir === undefined ? undefined : new Journal<Email>(dir, "mailbox");
    const store = new EmailStore(journal);
    store.emails = ((await journal?.read()) ?? []).slice(-MAX_EMAILS);
    await journal?.rewrite(() => store.emails);
    return store;
  }

  private constructor(journal: Journal<Email> | undefined) {
    this.journal = journal;
  }

  /** Keeps an e-mail and returns its id; the same idempotency key brings the first one's. */
  async add(content: Omit<Email, "id" | "createdAt">, idempotencyKey: string | undefined): Promise<string> {
    const known = idempotencyKey === undefined ? undefined : this.ids.get(idempotencyKey);
    if (known) return known;
    const email: Email = { id: randomUUID(), createdAt: new Date().toISOString(), ...content };
    await this.journal?.append(email);
    if (idempotencyKey !== undefined) this.ids.set(idempotencyKey, email.id);
    this.emails = [...this.emails, email].slice(-MAX_EMAILS);
    for (const look of this.watchers) look();
    return email.id;
  }

  waitFor(match: EmailMatch, timeoutMs: number): Promise<Email> {
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        this.watchers.delete(look);
      };
      const look = () => {
        const found = this.emails.findLast((email) => matches(email, match));
        if (!found) return;
        end();
        resolve(found);
      };
      const timer = setTimeout(() => {
        end();
        reject(new LocalServiceError("timeout", `mailbox: no e-mail to ${match.to} within ${timeoutMs} ms`));
      }, timeoutMs);
      this.watchers.add(look);
      look();
    });
  }

  async clear(): Promise<void> {
    this.emails = [];
    this.ids.clear();
    await this.journal?.rewrite(() => this.emails);
  }

  async close(): Promise<void> {
    await this.journal?.close();
  }
}

function matches(email: Email, { to, subject }: EmailMatch): boolean {
  if (!email.to.some((address) => address === to || address.endsWith(`<${to}>`))) return false;
  if (subject === undefined) return true;
  return typeof subject === "string" ? email.subject.includes(subject) : email.subject.search(subject) >= 0;
}
