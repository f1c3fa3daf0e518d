import type { IssueDetail } from "@boardroom/contract";
import { Submit } from "../button.tsx";
import { Input, type Option, Select } from "../field.tsx";
import { Form } from "../form.tsx";
import { Notice } from "../notice.tsx";
import { Sheet, SheetLink } from "../sheet.tsx";

export interface Named {
  id: string;
  name: string;
}

/** People and agents as the choices of a field. */
export const choicesOf = (members: Named[], agents: Named[]): Option[] => [
  ...members.map(({ id, name }): Option => [`user:${id}`, name]),
  ...agents.map(({ id, name }): Option => [`agent:${id}`, name]),
];

interface BlockedProps {
  issue: Pick<IssueDetail, "status" | "blockedOwnerAgentId" | "blockedOwnerUserId" | "blockedAction">;
  members: Named[];
  agents: Named[];
}

/** Who acts so that blocked work can go on, and how. */
export function Blocked({ issue, members, agents }: BlockedProps) {
  if (issue.status !== "blocked" || !issue.blockedAction) return null;
  const owner =
    members.find(({ id }) => id === issue.blockedOwnerUserId) ??
    agents.find(({ id }) => id === issue.blockedOwnerAgentId);
  return (
    <Notice tone="attention">
      <p>
        <b>{owner?.name ?? "Somebody"}</b> is to act: {issue.blockedAction}
      </p>
      <p className="line">
        <SheetLink sheet="status" leadsTo="issues.update" className="link">
          Go on
        </SheetLink>
        <SheetLink sheet="escalate" leadsTo="issues.escalate" className="link">
          Escalate
        </SheetLink>
      </p>
    </Notice>
  );
}

Blocked.Sheets = function BlockedSheets({ issue, members, agents, identifier }: BlockedProps & { identifier: string }) {
  const owner = issue.blockedOwnerUserId
    ? `user:${issue.blockedOwnerUserId}`
    : `agent:${issue.blockedOwnerAgentId ?? ""}`;
  return (
    <>
      <Sheet name="blocked" title={`What stops ${identifier}?`}>
        <Form intent="set-blocked" replace preventScrollReset>
          <Select label="Who acts" name="owner" options={choicesOf(members, agents)} defaultValue={owner} required />
          <Input
            label="What they do"
            name="action"
            defaultValue={issue.blockedAction ?? ""}
            hint="So that the work can go on. They are told."
            maxLength={1000}
            required
          />
          <div className="form-actions">
            <Submit intent="set-blocked">Mark as blocked</Submit>
          </div>
        </Form>
      </Sheet>
      <Sheet name="escalate" title={`Escalate ${identifier}`}>
        <Form intent="escalate" replace preventScrollReset>
          <p>It goes to the next manager in the chain of command, in the end to the board.</p>
          <Input label="Why" name="reason" maxLength={1000} required />
          <div className="form-actions">
            <Submit intent="escalate">Escalate</Submit>
          </div>
        </Form>
      </Sheet>
    </>
  );
};
