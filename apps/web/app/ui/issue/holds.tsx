import type { HoldAbove, IssueDetail, TreeHold, TreeHoldPreview } from "@boardroom/contract";
import { Form, Link } from "@remix-run/react";
import Ban from "lucide-react/icons/ban";
import Pause from "lucide-react/icons/pause";
import { Button, Submit } from "../button.tsx";
import { Input } from "../field.tsx";
import { Form as CheckedForm } from "../form.tsx";
import { May } from "../may.tsx";
import { Notice } from "../notice.tsx";
import { Sheet, SheetLink } from "../sheet.tsx";
import { useCompany } from "../use-company.ts";

interface HoldsProps {
  issue: Pick<IssueDetail, "id" | "identifier" | "holds" | "status" | "children">;
  cancelledBy: TreeHold | null;
}

/** That the issue, or one above it, is paused or was cancelled with all below, and the way out. */
export function Holds({ issue, cancelledBy }: HoldsProps) {
  return (
    <>
      {issue.holds.map((hold) => (
        <HoldNotice key={hold.id} hold={hold} isHere={hold.issueId === issue.id} />
      ))}
      {cancelledBy && (
        <Notice tone="attention">
          <p>
            Cancelled together with {cancelledBy.issueCount - 1} below it
            {cancelledBy.reason && `: ${cancelledBy.reason}`}
          </p>
          <May call="treeHolds.release">
            <Release hold={cancelledBy} label="Restore them" />
          </May>
        </Notice>
      )}
    </>
  );
}

/** The ways to stop it, with all below. */
Holds.Actions = function HoldActions({ issue }: Pick<HoldsProps, "issue">) {
  if (issue.status === "done" || issue.status === "cancelled") return null;
  const isHeldHere = issue.holds.some(({ issueId }) => issueId === issue.id);
  return (
    <div className="line" data-offer>
      {!isHeldHere && (
        <SheetLink sheet="pause-tree" leadsTo="treeHolds.create" className="button" data-kind="quiet">
          <Pause size={16} aria-hidden="true" />
          Pause this{issue.children.length > 0 && " and all below"}
        </SheetLink>
      )}
      <SheetLink sheet="cancel-tree" leadsTo="treeHolds.create" className="button" data-kind="quiet">
        <Ban size={16} aria-hidden="true" />
        Cancel this{issue.children.length > 0 && " and all below"}
      </SheetLink>
    </div>
  );
};

function HoldNotice({ hold, isHere }: { hold: HoldAbove; isHere: boolean }) {
  const { base } = useCompany();
  return (
    <Notice tone="attention">
      <p>
        {isHere ? (
          "Paused, with all below it"
        ) : (
          <>
            Paused by <Link to={`${base}/issues/${hold.identifier}`}>{hold.identifier}</Link> above it
          </>
        )}
        {hold.reason && `: ${hold.reason}`}
      </p>
      <May call="treeHolds.release">
        <Release hold={hold} label="Let it go on" />
      </May>
    </Notice>
  );
}

function Release({ hold, label }: { hold: Pick<TreeHold, "id" | "issueId">; label: string }) {
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="heldIssueId" value={hold.issueId} />
      <input type="hidden" name="holdId" value={hold.id} />
      <Button type="submit" name="intent" value="release-hold">
        {label}
      </Button>
    </Form>
  );
}

/** Asks for a reason, and says before what it will touch. */
Holds.Sheets = function HoldSheets({ identifier, preview }: { identifier: string; preview: TreeHoldPreview | null }) {
  if (!preview) return null;
  const others = preview.openCount - 1;
  const runs = preview.runningCount === 1 ? "1 run is" : `${preview.runningCount} runs are`;
  return (
    <>
      <Sheet name="pause-tree" title={`Pause ${identifier}`}>
        <CheckedForm intent="pause-tree" replace preventScrollReset>
          <p>
            Nothing starts on it{others > 0 && ` and the ${others} open below it`} until you let it go on.
            {preview.runningCount > 0 && ` ${runs} asked to stop.`}
          </p>
          <Input label="Why" name="reason" maxLength={1000} optional />
          <div className="form-actions">
            <Submit intent="pause-tree">Pause it</Submit>
          </div>
        </CheckedForm>
      </Sheet>
      <Sheet name="cancel-tree" title={`Cancel ${identifier}`}>
        <CheckedForm intent="cancel-tree" replace preventScrollReset>
          <p>
            {preview.openCount === 1 ? "It is cancelled" : `${preview.openCount} open issues are cancelled`}
            {preview.queuedCount > 0 && `, ${preview.queuedCount} waiting runs with them`}.
            {preview.runningCount > 0 && ` ${runs} asked to stop.`} You can restore{" "}
            {preview.openCount === 1 ? "it" : "them"} afterwards.
          </p>
          <Input label="Why" name="reason" maxLength={1000} optional />
          <div className="form-actions">
            <Submit intent="cancel-tree" kind="danger">
              Cancel {preview.openCount === 1 ? "it" : `all ${preview.openCount}`}
            </Submit>
          </div>
        </CheckedForm>
      </Sheet>
    </>
  );
};
