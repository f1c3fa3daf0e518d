import type { IssueDetail, IssueLink } from "@boardroom/contract";
import Plus from "lucide-react/icons/plus";
import X from "lucide-react/icons/x";
import { Submit } from "../button.tsx";
import { Input } from "../field.tsx";
import { Form } from "../form.tsx";
import { IssueRow } from "../issue-row.tsx";
import { Section } from "../page.tsx";
import { Sheet, SheetLink } from "../sheet.tsx";

type Linked = Pick<IssueDetail, "identifier" | "blockedBy" | "blocks">;

/** What has to be done before the issue, and what waits for it. */
export function Blockers({ issue: { blockedBy, blocks } }: { issue: Linked }) {
  const done = blockedBy.filter(({ status }) => status === "done").length;
  return (
    <>
      {blockedBy.length === 0 && (
        <div className="line" data-offer>
          <SheetLink sheet="block" leadsTo="issues.update" className="button" data-kind="quiet">
            <Plus size={16} aria-hidden="true" />
            Add a blocker
          </SheetLink>
        </div>
      )}
      {blockedBy.length > 0 && (
        <Section
          title="Waits for"
          aside={
            <>
              <span className="faint tabular">
                {done} of {blockedBy.length} done
              </span>
              <SheetLink sheet="block" leadsTo="issues.update" className="button push" aria-label="Add a blocker">
                <Plus size={16} aria-hidden="true" />
              </SheetLink>
            </>
          }
        >
          <div className="bordered">
            {blockedBy.map((blocker) => (
              <IssueRow key={blocker.id} issue={blocker} aside={<Unblock blocker={blocker} />} />
            ))}
          </div>
          {blockedBy.some(({ status }) => status === "cancelled") && (
            <p className="sub">What is cancelled is never done: take it off, or put another issue in its place.</p>
          )}
        </Section>
      )}
      {blocks.length > 0 && (
        <Section title="Holds up">
          <div className="bordered">
            {blocks.map((waiting) => (
              <IssueRow key={waiting.id} issue={waiting} />
            ))}
          </div>
        </Section>
      )}
    </>
  );
}

function Unblock({ blocker }: { blocker: IssueLink }) {
  return (
    <Form calls="issues.update" intent="unblock" className="line" replace preventScrollReset>
      <input type="hidden" name="blockerId" value={blocker.id} />
      <Submit intent="unblock" kind="quiet" icon aria-label={`Don't wait for ${blocker.identifier}`}>
        <X size={16} aria-hidden="true" />
      </Submit>
    </Form>
  );
}

Blockers.Sheet = function BlockSheet({ issue: { identifier } }: { issue: Pick<Linked, "identifier"> }) {
  const [prefix = ""] = identifier.split("-");
  return (
    <Sheet name="block" title={`What must be done before ${identifier}?`}>
      <Form intent="block" replace preventScrollReset>
        <Input
          label="Issue"
          name="blocker"
          placeholder={`${prefix}-12`}
          hint="Its identifier. Whoever works on this one is woken when the last blocker is done."
          maxLength={60}
          autoCapitalize="characters"
          autoComplete="off"
          required
        />
        <div className="form-actions">
          <Submit intent="block">Add it</Submit>
        </div>
      </Form>
    </Sheet>
  );
};
