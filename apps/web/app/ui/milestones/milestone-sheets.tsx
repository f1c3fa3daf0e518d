import type { Milestone } from "@boardroom/contract";
import { issuesOf } from "../../format/issues-of.ts";
import { Submit } from "../button.tsx";
import { Input, Textarea } from "../field.tsx";
import { Form, OnceKey } from "../form.tsx";
import { Sheet, SheetLink } from "../sheet.tsx";

/** What can be done with the milestones of a project. */
export function MilestoneSheets({ milestones, onceKey }: { milestones: Milestone[]; onceKey: string }) {
  return (
    <>
      <Sheet name="add-milestone" title="Add a milestone">
        <Form intent="add-milestone" calls="milestones.create" replace preventScrollReset>
          <OnceKey value={onceKey} />
          <MilestoneFields />
          <div className="form-actions">
            <Submit intent="add-milestone">Add milestone</Submit>
          </div>
        </Form>
      </Sheet>
      {milestones.map((milestone) => (
        <SheetsOfOne key={milestone.id} milestone={milestone} />
      ))}
    </>
  );
}

function SheetsOfOne({ milestone }: { milestone: Milestone }) {
  const { id, name, issueCount } = milestone;
  return (
    <>
      <Sheet name={`milestone-${id}`} title={name}>
        <Form intent="save-milestone" calls="milestones.update" replace preventScrollReset>
          <input type="hidden" name="milestoneId" value={id} />
          <MilestoneFields milestone={milestone} />
          <div className="form-actions">
            <Submit intent="save-milestone">Save</Submit>
            <SheetLink
              sheet={`delete-milestone-${id}`}
              leadsTo="milestones.delete"
              className="button"
              data-kind="danger"
              replace
            >
              Delete
            </SheetLink>
          </div>
        </Form>
      </Sheet>
      <Sheet name={`delete-milestone-${id}`} title={`Delete ${name}`}>
        <Form intent="delete-milestone" calls="milestones.delete" replace preventScrollReset>
          <input type="hidden" name="milestoneId" value={id} />
          <p>
            {issueCount === 0
              ? "No open or done issue is in it."
              : `${issuesOf(issueCount)} in it ${issueCount === 1 ? "stays" : "stay"} in the project without a milestone.`}{" "}
            This can't be taken back.
          </p>
          <div className="form-actions">
            <Submit intent="delete-milestone" kind="danger">
              Delete the milestone
            </Submit>
          </div>
        </Form>
      </Sheet>
    </>
  );
}

function MilestoneFields({ milestone }: { milestone?: Milestone }) {
  return (
    <>
      <Input
        label="Name"
        name="name"
        maxLength={200}
        defaultValue={milestone?.name}
        placeholder="Beta"
        autoComplete="off"
        required
      />
      <Input label="Target date" name="targetDate" type="date" optional defaultValue={milestone?.targetDate ?? ""} />
      <Textarea
        label="Description"
        name="description"
        rows={3}
        optional
        defaultValue={milestone?.description ?? ""}
        hint="What is there when it is reached?"
      />
    </>
  );
}
