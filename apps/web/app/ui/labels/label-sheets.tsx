import type { CountedLabel } from "@boardroom/contract";
import { issuesOf } from "../../format/issues-of.ts";
import { Submit } from "../button.tsx";
import { Select } from "../field.tsx";
import { Form } from "../form.tsx";
import { Sheet, SheetLink } from "../sheet.tsx";
import { LabelFields } from "./label-fields.tsx";

interface LabelSheetsProps {
  label: CountedLabel;
  others: CountedLabel[];
}

/** What can be done with one label. */
export function LabelSheets({ label, others }: LabelSheetsProps) {
  const { id, name, issueCount } = label;
  return (
    <>
      <Sheet name={`label-${id}`} title={name}>
        <Form intent="update" replace preventScrollReset>
          <input type="hidden" name="labelId" value={id} />
          <LabelFields label={label} />
          <div className="form-actions">
            <Submit intent="update">Save</Submit>
            {others.length > 0 && (
              <SheetLink sheet={`merge-${id}`} leadsTo="labels.merge" className="button" replace>
                Merge
              </SheetLink>
            )}
            <SheetLink sheet={`delete-${id}`} leadsTo="labels.delete" className="button" data-kind="danger" replace>
              Delete
            </SheetLink>
          </div>
        </Form>
      </Sheet>
      <Sheet name={`merge-${id}`} title={`Merge ${name}`}>
        <Form intent="merge" replace preventScrollReset>
          <input type="hidden" name="labelId" value={id} />
          <p>
            {issuesOf(issueCount)} that {issueCount === 1 ? "carries" : "carry"} it get the other label instead, and{" "}
            {name} is gone. This can't be taken back.
          </p>
          <Select label="Into" name="intoLabelId" options={others.map((each) => [each.id, each.name] as const)} />
          <div className="form-actions">
            <Submit intent="merge" kind="danger">
              Merge
            </Submit>
          </div>
        </Form>
      </Sheet>
      <Sheet name={`delete-${id}`} title={`Delete ${name}`}>
        <Form intent="delete" replace preventScrollReset>
          <input type="hidden" name="labelId" value={id} />
          <p>
            {issueCount === 0
              ? "No issue carries it."
              : `It comes off ${issuesOf(issueCount).toLowerCase()}, which stay as they are otherwise.`}{" "}
            This can't be taken back.
          </p>
          <div className="form-actions">
            <Submit intent="delete" kind="danger">
              Delete the label
            </Submit>
          </div>
        </Form>
      </Sheet>
    </>
  );
}
