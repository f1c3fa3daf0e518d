import type { JoinRequest } from "@boardroom/contract";
import { Avatar } from "../avatar.tsx";
import { Submit } from "../button.tsx";
import { Form } from "../form.tsx";
import { RelativeTime } from "../time.tsx";
import { roleNames } from "./roles.ts";

/** Somebody who opened an open link: in, or not. */
export function JoinRequestRow({ request }: { request: JoinRequest }) {
  const { id, displayName, email, role, createdAt } = request;
  return (
    <div className="row" data-tall>
      <Avatar name={displayName} person size={28} />
      <div className="row-text">
        <span>{displayName}</span>
        <small>
          {email} · as {roleNames[role].toLowerCase()} · <RelativeTime at={createdAt} />
        </small>
      </div>
      <Form intent="approve-request" className="line" preventScrollReset>
        <input type="hidden" name="requestId" value={id} />
        <Submit intent="approve-request">Let in</Submit>
        <Submit intent="reject-request" kind="quiet">
          Reject
        </Submit>
      </Form>
    </div>
  );
}
