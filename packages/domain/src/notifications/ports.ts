/** A mail about a decision. The same `key` is sent once, however often it is given to the provider. */
export interface NoticeMail {
  key: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
}

export interface PushTarget {
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** What a device is shown. It passes through a push service, encrypted; it holds no secret all the same. */
export interface PushNotice {
  title: string;
  body: string;
  /** Where a tap leads, as a path of the board. */
  url: string;
  /** A later one of the same tag replaces it: on its way (as the topic) and on the device. */
  tag: string;
  isUrgent: boolean;
}

export type SendOutcome =
  | { kind: "sent" }
  /** The device takes no more pushes. */
  | { kind: "gone" }
  | { kind: "later"; afterMs: number | null; problem: string }
  | { kind: "refused"; problem: string };

/** How people are reached. Neither rejects: trouble is an outcome. */
export interface NotifierPort {
  /** What browsers subscribe with; null where pushes are not set up. */
  pushKey: string | null;
  /** Why pushes may not go to an address, or null when they may. */
  checkPushEndpoint(endpoint: string): string | null;
  sendMail(mail: NoticeMail): Promise<SendOutcome>;
  push(target: PushTarget, notice: PushNotice): Promise<SendOutcome>;
  /** A link that ends mails of a kind to a person at one click. */
  unsubscribeUrl(companyId: string, userId: string): Promise<string>;
}

/** What follows a decision, or the wish for one, after the answer was sent. Each is done again by the tick where it was lost. */
export interface DecisionsPort {
  keepReceipt(companyId: string, approvalId: string): void;
  /** Lets an approval take effect in so many milliseconds. */
  closeLater(companyId: string, approvalId: string, delayMs: number): void;
  /** Tells people what waits for them in a company now. */
  tellPeople(companyId: string): void;
}
