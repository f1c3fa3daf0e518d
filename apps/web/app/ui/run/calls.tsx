import type { ToolApproval } from "@boardroom/contract";
import { isFailure, useResult } from "../../forms/use-result.ts";
import type { Answered } from "../../server/decide.ts";
import { Notice } from "../notice.tsx";
import { ToolApprovalCard } from "../tools/tool-approval-card.tsx";

/** What the run asked before it used a tool: what waits stands open, what was answered is folded. */
export function RunCalls({ calls }: { calls: ToolApproval[] }) {
  const result = useResult<Answered>();
  const answered = result && !isFailure(result) ? result.answered : undefined;
  const waiting = calls.filter(({ status }) => status === "pending");
  const over = calls.filter(({ status }) => status !== "pending");
  if (calls.length === 0) return null;
  return (
    <div className="stack" data-tight aria-live="polite">
      {answered && <Notice tone="good">{answered}</Notice>}
      {waiting.map((approval) => (
        <ToolApprovalCard key={approval.id} approval={approval} isOnRun />
      ))}
      {over.length > 0 && (
        <details className="note">
          <summary>{over.length === 1 ? "1 answered tool call" : `${over.length} answered tool calls`}</summary>
          <div className="stack" data-tight>
            {over.map((approval) => (
              <ToolApprovalCard key={approval.id} approval={approval} isOnRun />
            ))}
          </div>
        </details>
      )}
    </div>
  );
}
