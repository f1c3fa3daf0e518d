import type { Invite } from "@boardroom/contract";
import { Submit } from "../button.tsx";
import { Form } from "../form.tsx";
import { Tag } from "../notice.tsx";
import { RelativeTime } from "../time.tsx";
import { roleNames } from "./roles.ts";

export function InviteRow({ invite }: { invite: Invite }) {
  const { id, email, role, isOpen, invitedByName, expiresAt, sentAt, sendProblem } = invite;
  const isOver = Date.parse(expiresAt) <= Date.now();
  return (
    <div className="row" data-tall data-wrap>
      <div className="row-text">
        <span>{email ?? (isOpen ? "An open link" : "A link for one person")}</span>
        <small>
          {roleNames[role]} · by {invitedByName} · {isOver ? "ended " : "ends "}
          <RelativeTime at={expiresAt} />
          {email && !sentAt && (sendProblem ? " · the mail was not taken" : " · the mail is on its way")}
        </small>
      </div>
      {isOver && <Tag tone="attention">Too old</Tag>}
      <Form intent="resend" className="line" preventScrollReset>
        <input type="hidden" name="inviteId" value={id} />
        <Submit intent="resend" kind="quiet">
          {email ? "Send again" : "New link"}
        </Submit>
        <Submit intent="withdraw" kind="quiet">
          Withdraw
        </Submit>
      </Form>
    </div>
  );
}
