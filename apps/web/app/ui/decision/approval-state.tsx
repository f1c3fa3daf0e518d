import type { ShownApproval } from "@boardroom/contract";
import { Form, Link } from "@remix-run/react";
import { formatDuration } from "../../format/time.ts";
import { Button } from "../button.tsx";
import { useNow } from "../clock.ts";
import { Notice } from "../notice.tsx";
import { RelativeTime } from "../time.tsx";
import { useCompany } from "../use-company.ts";

/** What stands around a decision besides what is asked: issues, rules, votes, what went wrong, until when. */
export function ApprovalState({ approval }: { approval: ShownApproval }) {
  const { base } = useCompany();
  const { quorum, votes, issues, expiresAt, escalatedAt, effectProblem, status, payloadVersion } = approval;
  const isPending = status === "pending";
  const pro = votes.filter(({ approves }) => approves).length;
  return (
    <>
      {isPending && effectProblem && (
        <Notice tone="bad">It was approved, but could not be done: {effectProblem}</Notice>
      )}
      {issues.length > 0 && (
        <p className="sub">
          For{" "}
          {issues.map(({ id, identifier, title }, at) => (
            <span key={id}>
              {at > 0 && ", "}
              <Link to={`${base}/issues/${identifier}`}>
                {identifier} {title}
              </Link>
            </span>
          ))}
        </p>
      )}
      {(quorum > 1 || votes.length > 1) && (
        <p className="sub">
          {isPending ? `${pro} of ${quorum} votes for it` : `Decided by ${votes.length} votes`}
          {votes.length > 0 && ": "}
          {votes.map(({ userName, approves }) => `${userName} ${approves ? "for" : "against"}`).join(", ")}
        </p>
      )}
      {isPending && (escalatedAt !== null || expiresAt !== null || payloadVersion > 1) && (
        <p className="sub">
          {[
            payloadVersion > 1 ? `Version ${payloadVersion}` : null,
            escalatedAt === null ? null : "Waits too long already",
          ]
            .filter((each) => each !== null)
            .join(" · ")}
          {expiresAt !== null && (
            <>
              {payloadVersion > 1 || escalatedAt !== null ? " · withdrawn " : "Withdrawn "}
              <RelativeTime at={expiresAt} /> if nobody answers
            </>
          )}
        </p>
      )}
    </>
  );
}

/** The time in which an approval can be taken back, running down. */
export function GraceLine({
  approval,
}: {
  approval: Pick<ShownApproval, "id" | "effectAt" | "effectedAt" | "status">;
}) {
  const now = useNow();
  const { id, effectAt, effectedAt, status } = approval;
  if (status !== "approved" || effectedAt !== null || effectAt === null) return null;
  const leftMs = Date.parse(effectAt) - now;
  return (
    <Form method="post" className="line" preventScrollReset>
      <input type="hidden" name="approvalId" value={id} />
      <span className="muted" suppressHydrationWarning>
        {leftMs > 0 ? `Takes effect in ${formatDuration(leftMs)}.` : "Takes effect now."}
      </span>
      <Button type="submit" name="intent" value="undo-approval" className="button push">
        Undo
      </Button>
    </Form>
  );
}
