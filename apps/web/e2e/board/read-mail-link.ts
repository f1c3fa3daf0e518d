import { setTimeout as sleep } from "node:timers/promises";

interface Mail {
  to: string[];
  subject: string;
  text: string;
}

/** The link in the newest e-mail to this address with this subject, as soon as it is there. */
export async function readMailLink(mailboxUrl: string, email: string, subject: string): Promise<string> {
  for (const endAt = Date.now() + 5000; Date.now() < endAt; await sleep(50)) {
    const mails: Mail[] = await (await fetch(`${mailboxUrl}/emails.json`)).json();
    const mail = mails.find((each) => each.to.includes(email) && each.subject.includes(subject));
    const link = mail?.text.match(/https?:\/\/\S+/)?.[0];
    if (link) return link;
  }
  throw new Error(`No e-mail "${subject}" came for ${email}`);
}
