import type { ReactNode } from "react";
import { Submit } from "./button.tsx";
import { Form } from "./form.tsx";
import { Sheet } from "./sheet.tsx";

interface ConfirmSheetProps {
  /** The sheet's name, and the intent that is sent where none is given. */
  name: string;
  intent?: string;
  title: string;
  confirm: string;
  danger?: boolean;
  children: ReactNode;
}

/** Asks once more before what can't be undone: says what will happen, and does it on a second tap. */
export function ConfirmSheet({ name, intent = name, title, confirm, danger = true, children }: ConfirmSheetProps) {
  return (
    <Sheet name={name} title={title}>
      <Form intent={intent} replace preventScrollReset>
        {children}
        <div className="form-actions">
          <Submit intent={intent} kind={danger ? "danger" : "primary"}>
            {confirm}
          </Submit>
        </div>
      </Form>
    </Sheet>
  );
}
