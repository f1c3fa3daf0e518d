import type { Member } from "@boardroom/contract";
import { Submit } from "../button.tsx";
import { Select } from "../field.tsx";
import { Form } from "../form.tsx";
import { Sheet } from "../sheet.tsx";
import { roleOptions } from "./roles.ts";

/** What may be done about a member: another role, or the end of it. */
export function MemberSheet({ member, canMakeOwner }: { member: Member; canMakeOwner: boolean }) {
  const { id, displayName, role } = member;
  const options = roleOptions.filter(([value]) => canMakeOwner || value !== "owner" || role === "owner");
  return (
    <Sheet name={`member-${id}`} title={displayName}>
      <Form intent="role" replace preventScrollReset>
        <input type="hidden" name="memberId" value={id} />
        <Select label="Role" name="role" options={options} defaultValue={role} />
        <div className="form-actions">
          <Submit intent="role">Save role</Submit>
        </div>
      </Form>
      <details className="confirm">
        <summary className="button" data-kind="quiet">
          Remove from the company
        </summary>
        <Form intent="remove" className="line" replace preventScrollReset>
          <input type="hidden" name="memberId" value={id} />
          <span className="sub">They and their keys see nothing of it any more, at once.</span>
          <Submit intent="remove" kind="danger">
            Remove {displayName}
          </Submit>
        </Form>
      </details>
    </Sheet>
  );
}
