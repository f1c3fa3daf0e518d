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
    <div className="row" data-tall data-wrap>
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
      </Form>
      <details className="confirm">
        <summary className="button" data-kind="quiet">
          Reject
        </summary>
        <Form intent="reject-request" className="line" preventScrollReset>
          <input type="hidden" name="requestId" value={id} />
          <span className="sub">By this link they can't ask again.</span>
          <Submit intent="reject-request" kind="danger">
            Don't let them in
          </Submit>
        </Form>
      </details>
    </div>
  );
}
