import type { DecisionPolicy } from "@boardroom/contract";
import ChevronRight from "lucide-react/icons/chevron-right";
import { describePolicy, namePolicy } from "../../format/decision-policy.ts";
import { Submit } from "../button.tsx";
import { Input, Select } from "../field.tsx";
import { Form } from "../form.tsx";
import { Notice, Tag } from "../notice.tsx";
import { Sheet, SheetLink } from "../sheet.tsx";

/** How one type of decision is made, in a sentence, and the way to change it. */
export function PolicyRow({ policy }: { policy: DecisionPolicy }) {
  return (
    <div className="row" data-tall data-wrap>
      <div className="row-text">
        <SheetLink sheet={policy.type} leadsTo="decisionPolicies.set" className="row-link">
          {namePolicy(policy.type)}
        </SheetLink>
        <small>{describePolicy(policy)}</small>
      </div>
      {policy.quorum > policy.eligibleMembers && <Tag tone="attention">Nobody can decide</Tag>}
      <ChevronRight size={16} className="faint" aria-hidden="true" />
    </div>
  );
}

const roles = [
  ["operator", "Operators and above"],
  ["admin", "Admins and owners"],
  ["owner", "Owners"],
] as const;
const inHours = (seconds: number | null) => (seconds === null ? "" : Math.max(1, Math.round(seconds / 3600)));

export function PolicySheet({ policy }: { policy: DecisionPolicy }) {
  const { type, quorum, minimumRole, graceSeconds, escalateAfterSec, expiresAfterSec, eligibleMembers } = policy;
  return (
    <Sheet name={type} title={namePolicy(type)}>
      <Form intent={`save-${type}`} replace preventScrollReset>
        <input type="hidden" name="type" value={type} />
        {quorum > eligibleMembers && (
          <Notice tone="attention">
            It takes {quorum} votes, and only {eligibleMembers} may vote: nothing can be decided. Invite somebody, or
            ask for fewer.
          </Notice>
        )}
        <Select label="Who may vote" name="minimumRole" options={roles} defaultValue={minimumRole} />
        <Input
          label="Votes that it takes"
          name="quorum"
          type="number"
          min={1}
          max={20}
          defaultValue={quorum}
          hint="With more than one, who asks doesn't vote."
        />
        <Input
          label="Seconds to undo"
          name="graceSeconds"
          type="number"
          min={0}
          max={3600}
          defaultValue={graceSeconds}
          hint="So long after a yes nothing happens yet, and it can be taken back."
        />
        <Input
          label="Escalate after hours"
          name="escalateAfterSec"
          type="number"
          min={1}
          max={720}
          defaultValue={inHours(escalateAfterSec)}
          hint="Then it is urgent, and all who may vote are told again."
          optional
        />
        <Input
          label="Withdraw after hours"
          name="expiresAfterSec"
          type="number"
          min={1}
          max={8760}
          defaultValue={inHours(expiresAfterSec)}
          hint="Unanswered so long, it is withdrawn and who asked is told. Empty means never."
          optional
        />
        <div className="form-actions">
          <Submit intent={`save-${type}`}>Save</Submit>
        </div>
      </Form>
    </Sheet>
  );
}
