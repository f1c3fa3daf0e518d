import { Form } from "@remix-run/react";
import Check from "lucide-react/icons/check";
import type { ReactNode } from "react";
import { useFailure } from "../forms/use-result.ts";
import { Notice } from "./notice.tsx";
import { Sheet } from "./sheet.tsx";

export interface Choice {
  value: string;
  label: string;
  sign?: ReactNode;
}

interface ChoiceSheetProps {
  /** The field that is set; also the name of the sheet. */
  name: string;
  title: string;
  choices: Choice[];
  current: string;
  /** Choices that need more than a tap. */
  more?: ReactNode;
}

/** Sets one field with one tap: each choice is a button that sends the form. */
export function ChoiceSheet({ name, title, choices, current, more }: ChoiceSheetProps) {
  const failure = useFailure("change");
  return (
    <Sheet name={name} title={title}>
      {failure && <Notice tone="bad">{failure.message}</Notice>}
      <Form method="post" className="choices" replace preventScrollReset>
        <input type="hidden" name="intent" value="change" />
        {choices.map(({ value, label, sign }) => (
          <button
            key={value}
            type="submit"
            name={name}
            value={value}
            aria-current={value === current ? "true" : undefined}
          >
            {sign}
            <span>{label}</span>
            {value === current && <Check size={16} aria-hidden="true" />}
          </button>
        ))}
      </Form>
      {more && <div className="choices">{more}</div>}
    </Sheet>
  );
}
