import type { Issue } from "@boardroom/contract";
import { Submit } from "../button.tsx";
import { Input, Textarea } from "../field.tsx";
import { Form } from "../form.tsx";
import { Sheet } from "../sheet.tsx";

export function EditSheet({ issue }: { issue: Pick<Issue, "title" | "description"> }) {
  return (
    <Sheet name="edit" title="Edit">
      <Form intent="change" replace preventScrollReset>
        <Input label="Title" name="title" defaultValue={issue.title} maxLength={500} required />
        <Textarea label="Description" name="description" defaultValue={issue.description ?? ""} rows={8} optional />
        <div className="form-actions">
          <Submit intent="change">Save</Submit>
        </div>
      </Form>
    </Sheet>
  );
}
