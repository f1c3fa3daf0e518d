import type { ToolApproval } from "@boardroom/contract";
import { Form, Link, useNavigation } from "@remix-run/react";
import { othersDecide } from "../../format/other-roles.ts";
import { showHidden } from "../../format/show-hidden.ts";
import { useFailure } from "../../forms/use-result.ts";
import { Avatar } from "../avatar.tsx";
import { Button } from "../button.tsx";
import { FieldsOf, Textarea } from "../field.tsx";
import { May } from "../may.tsx";
import { Notice, Tag, type Tone } from "../notice.tsx";
import { ClockTime, RelativeTime } from "../time.tsx";
import { useCompany } from "../use-company.ts";
import { Verbatim } from "../verbatim.tsx";

const outcomes: Record<ToolApproval["status"], { label: string; tone: Tone }> = {
  pending: { label: "Waits for you", tone: "attention" },
  allowed: { label: "Allowed", tone: "good" },
  denied: { label: "Denied", tone: "bad" },
  expired: { label: "Denied: nobody answered in time", tone: "neutral" },
  cancelled: { label: "Its run ended before", tone: "neutral" },
};

/** A tool call that waits for a yes: who wants it, for what, word by word, and until when. */
export function ToolApprovalCard({ approval, isOnRun = false }: { approval: ToolApproval; isOnRun?: boolean }) {
  const { base } = useCompany();
  const { formData } = useNavigation();
  const isPending = approval.status === "pending";
  return (
    <article className="card" aria-busy={formData?.get("toolApprovalId") === approval.id || undefined}>
      <header className="line">
        <Avatar name={approval.agentName} />
        <h3>
          {approval.agentName} {isPending ? "asks to use" : "asked to use"} <code>{approval.tool}</code>
        </h3>
        <span className="push faint">
          <RelativeTime at={approval.decidedAt ?? approval.createdAt} />
        </span>
      </header>
      <Call approval={approval} />
      <p className="sub">
        {approval.issueIdentifier && (
          <>
            For <Link to={`${base}/issues/${approval.issueIdentifier}`}>{approval.issueIdentifier}</Link>
            {" · "}
          </>
        )}
        {!isOnRun && <Link to={`${base}/runs/${approval.runId}`}>The run</Link>}
        {isPending && (
          <>
            {!isOnRun && " · "}
            denied at <ClockTime at={approval.expiresAt} />, <RelativeTime at={approval.expiresAt} />
          </>
        )}
      </p>
      {isPending ? (
        <May call="toolApprovals.allow" otherwise={<p className="sub">{othersDecide("operator")}</p>}>
          <AnswerForm approval={approval} />
        </May>
      ) : (
        <Answer approval={approval} />
      )}
    </article>
  );
}

/** The command or file; the whole call where there is more to it. */
function Call({ approval: { summary, input, tool } }: { approval: ToolApproval }) {
  const whole = JSON.stringify(input, null, 2);
  if (summary === null) return <Verbatim label={`Call of ${tool}`} text={whole} />;
  const tellsAll = Object.values(input).every((value) => value === summary);
  return (
    <>
      <Verbatim label={`Call of ${tool}`} text={summary} />
      {!tellsAll && (
        <details className="note">
          <summary>The whole call</summary>
          <pre className="verbatim">{showHidden(whole)}</pre>
        </details>
      )}
    </>
  );
}

function AnswerForm({ approval }: { approval: ToolApproval }) {
  const anyFailure = useFailure();
  const failure = anyFailure?.values.toolApprovalId === approval.id ? anyFailure : undefined;
  return (
    <Form method="post" className="stack" data-tight preventScrollReset>
      <input type="hidden" name="toolApprovalId" value={approval.id} />
      {failure && <Notice tone="bad">{failure.message}</Notice>}
      <FieldsOf failure={failure}>
        <details className="note" open={failure !== undefined || undefined}>
          <summary>Add a note</summary>
          <Textarea label={`Note to ${approval.agentName}`} name="note" rows={2} maxLength={2000} />
        </details>
      </FieldsOf>
      <div className="line">
        <Button type="submit" name="intent" value="allow-tool" kind="primary">
          Allow
        </Button>
        <Button type="submit" name="intent" value="deny-tool" kind="danger">
          Deny
        </Button>
        <Button type="submit" name="intent" value="always-allow-tool" kind="quiet">
          Always allow this
        </Button>
      </div>
    </Form>
  );
}

function Answer({ approval }: { approval: ToolApproval }) {
  const { label, tone } = outcomes[approval.status];
  const by = approval.ruleId ? "by a rule" : approval.decidedByName ? `by ${approval.decidedByName}` : null;
  return (
    <p className="line">
      <Tag tone={tone}>{label}</Tag>
      {by && <span className="muted">{by}</span>}
      {approval.note && <span className="muted">{approval.note}</span>}
    </p>
  );
}
