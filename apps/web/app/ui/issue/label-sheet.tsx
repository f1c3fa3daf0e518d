import type { IssueDetail, Label } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import { Submit } from "../button.tsx";
import { Input } from "../field.tsx";
import { Form } from "../form.tsx";
import { LabelDot } from "../label-dot.tsx";
import { Sheet } from "../sheet.tsx";
import { useCompany } from "../use-company.ts";

interface LabelSheetProps {
  issue: Pick<IssueDetail, "labelIds">;
  labels: Pick<Label, "id" | "name" | "color">[];
}

/** Which labels the issue carries; one that isn't there yet is made on the way. */
export function LabelSheet({ issue, labels }: LabelSheetProps) {
  const { base } = useCompany();
  return (
    <Sheet name="labels" title="Labels">
      <Form intent="labels" replace preventScrollReset>
        {labels.length > 0 && (
          <fieldset>
            <legend className="visually-hidden">Labels</legend>
            {labels.map(({ id, name, color }) => (
              <label className="check" key={id}>
                <input type="checkbox" name="label" value={id} defaultChecked={issue.labelIds.includes(id)} />
                <LabelDot color={color} />
                <span>{name}</span>
              </label>
            ))}
          </fieldset>
        )}
        <Input label="New label" name="newLabel" maxLength={60} autoComplete="off" optional />
        <div className="form-actions">
          <Submit intent="labels">Save</Submit>
          <Link className="button" data-kind="quiet" to={`${base}/settings/labels`}>
            All labels
          </Link>
        </div>
      </Form>
    </Sheet>
  );
}
