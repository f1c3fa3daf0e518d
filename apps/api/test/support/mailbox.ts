import type { TestBoardroom } from "@boardroom/testing";
import { expect, vi } from "vitest";

interface Mail {
  to: string[];
  subject: string;
  text: string;
}

/** The link in the mail that a person gets, as soon as it is there. */
export async function readMailedLink({ addresses }: TestBoardroom, to: string, subject: RegExp): Promise<URL> {
  const look = async () => {
    const mails: Mail[] = await (await fetch(`${addresses.mailboxUrl}/emails.json`)).json();
    const mail = mails.find((each) => each.to.includes(to) && subject.test(each.subject));
    return mail?.text ?? expect.fail(`No mail for ${to}; there are ${mails.length}`);
  };
  const text = await vi.waitFor(look, { timeout: 20_000, interval: 50 });
  return new URL(/https?:\/\/\S+/.exec(text)?.[0] ?? expect.fail(`No link in: ${text}`));
}
