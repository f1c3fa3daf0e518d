import type { Approval, ShownApproval } from "@boardroom/contract";
import { Form, Link, useNavigation } from "@remix-run/react";
import { describeApproval } from "../format/approval.ts";
import { othersDecide } from "../format/other-roles.ts";
import { useFailure } from "../forms/use-result.ts";
import type { Answered } from "../server/decide.ts";
import type { Decision } from "../server/decide-approval.ts";
import { Avatar } from "./avatar.tsx";
import { Button } from "./button.tsx";
import { CopyOnce } from "./copy-once.tsx";
import { ApprovalState, GraceLine } from "./decision/approval-state.tsx";
import { FieldsOf, Textarea } from "./field.tsx";
import { Notice, Tag, type Tone } from "./notice.tsx";
import { PlainText } from "./plain-text.tsx";
import { ClockTime, RelativeTime } from "./time.tsx";
import { useCompany } from "./use-company.ts";

const outcomes: Record<Approval["status"], { label: string; tone: Tone }> = {
  pending: { label: "Waits for you", tone: "attention" },
  revision_requested: { label: "Sent back", tone: "neutral" },
  approved: { label: "Approved", tone: "good" },
  rejected: { label: "Rejected", tone: "bad" },
  cancelled: { label: "Withdrawn", tone: "neutral" },
};

/** One decision: who asks, for what, why, what it costs, what yes and no lead to. Answerable in place. */
export function ApprovalCard({ approval, requester }: { approval: ShownApproval; requester: string }) {
  const { base } = useCompany();
  const { ask, why, facts, onYes, onNo } = describeApproval(approval.type, approval.payload);
  const isPending = approval.status === "pending";
  const { formData } = useNavigation();
  const isBeingDecided = formData?.get("approvalId") === approval.id;
  return (
    <article className="card" aria-busy={isBeingDecided || undefined}>
      <header className="line">
        <Avatar name={requester} />
        <h3>
          <Link className="card-title" to={`${base}/decisions/approval/${approval.id}`}>
            {requester} {ask}
          </Link>
        </h3>
        <span className="push faint">
          <RelativeTime at={approval.decidedAt ?? approval.createdAt} />
        </span>
      </header>
      {why && <PlainText text={why} />}
      {facts.length > 0 && (
        <dl className="facts">
          {facts.map(([label, value]) => (
            <div className="fact" key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {approval.type === "approve_ceo_strategy" && approval.payload.version === 1 && (
        <p>
          <Link to={`${base}/plans/${approval.id}`}>
            {isPending ? "Read the plan, and approve all of it or parts" : "Read the plan"}
          </Link>
        </p>
      )}
      <ApprovalState approval={approval} />
      <GraceLine approval={approval} />
      {isPending && !approval.mayDecide && <p className="sub">{othersDecide(approval.minimumRole)}</p>}
      {isPending ? (
        approval.mayDecide && <DecisionForm approval={approval} onYes={onYes} onNo={onNo} />
      ) : (
        <p className="line">
          <Tag tone={outcomes[approval.status].tone}>{outcomes[approval.status].label}</Tag>
          {approval.decisionNote && <span className="muted">{approval.decisionNote}</span>}
        </p>
      )}
    </article>
  );
}

interface DecisionFormProps {
  approval: Pick<ShownApproval, "id" | "payloadVersion">;
  onYes: string;
  onNo: string;
}

function DecisionForm({ approval: { id: approvalId, payloadVersion }, onYes, onNo }: DecisionFormProps) {
  const anyFailure = useFailure();
  const failure = anyFailure?.values.approvalId === approvalId ? anyFailure : undefined;
  return (
    <Form method="post" className="stack" data-tight preventScrollReset>
      <input type="hidden" name="approvalId" value={approvalId} />
      <input type="hidden" name="payloadVersion" value={payloadVersion} />
      {failure && Object.keys(failure.fields).length === 0 && <Notice tone="bad">{failure.message}</Notice>}
      <FieldsOf failure={failure}>
        <details className="note" open={failure !== undefined || undefined}>
          <summary>Add a note</summary>
          <Textarea label="Note to who asked" name="note" rows={2} maxLength={4000} />
        </details>
      </FieldsOf>
      <p className="sub">
        Yes: {onYes} No: {onNo}
      </p>
      <div className="line">
        <Button type="submit" name="intent" value="approve" kind="primary">
          Approve
        </Button>
        <Button type="submit" name="intent" value="reject" kind="danger">
          Reject
        </Button>
        <Button type="submit" name="intent" value="revise" kind="quiet">
          Ask for changes
        </Button>
      </div>
    </Form>
  );
}

const outcomeWords: Record<Decision["decided"], string> = {
  approve: "Approved.",
  reject: "Rejected.",
  revise: "Sent back with your note.",
  undo: "Taken back. It waits for a decision again.",
  vote: "Your vote is noted. It takes more to decide.",
};

/** What the last decision led to; the secret of a new agent is here and nowhere else. */
export function DecisionOutcome({ decision }: { decision: Decision | Answered }) {
  const { base } = useCompany();
  if ("answered" in decision) return <Notice tone="good">{decision.answered}</Notice>;
  if (decision.hired === null) {
    return (
      <Notice tone="good">
        {decision.undoUntil ? (
          <>
            Approved. It takes effect at <ClockTime at={decision.undoUntil} />; until then you can undo it.
          </>
        ) : (
          outcomeWords[decision.decided]
        )}
      </Notice>
    );
  }
  const { agentId, webhookSecret } = decision.hired;
  return (
    <div className="stack" data-tight>
      <Notice tone="good">
        Approved. <Link to={`${base}/agents/${agentId}`}>Open the new agent</Link>
      </Notice>
      {webhookSecret && (
        <CopyOnce
          title="Signing secret"
          secret={webhookSecret}
          hint="Put it where the agent's server checks the signature of its webhooks."
        />
      )}
    </div>
  );
}
