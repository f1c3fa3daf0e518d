import type { Member } from "@boardroom/contract";
import { Avatar } from "../avatar.tsx";
import { Tag } from "../notice.tsx";
import { SheetLink } from "../sheet.tsx";
import { RelativeTime } from "../time.tsx";
import { roleNames } from "./roles.ts";

export function MemberRow({ member, isMe, canChange }: { member: Member; isMe: boolean; canChange: boolean }) {
  const { id, displayName, role, createdAt } = member;
  return (
    <div className="row" data-tall>
      <Avatar name={displayName} person size={28} />
      <div className="row-text">
        {canChange ? (
          <SheetLink sheet={`member-${id}`} className="row-link">
            {displayName}
          </SheetLink>
        ) : (
          <span>{displayName}</span>
        )}
        <small>
          {isMe && "You · "}
          since <RelativeTime at={createdAt} />
        </small>
      </div>
      <Tag tone={role === "owner" ? "active" : "neutral"}>{roleNames[role]}</Tag>
    </div>
  );
}
