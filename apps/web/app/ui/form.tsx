import type { OperationId } from "@boardroom/contract";
import { type FormProps, Form as RemixForm } from "@remix-run/react";
import type { ReactNode } from "react";
import type { FormFailure } from "../forms/failure.ts";
import { useFailure } from "../forms/use-result.ts";
import { FieldsOf } from "./field.tsx";
import { useMay } from "./may.tsx";
import { Notice } from "./notice.tsx";

type Props = Omit<FormProps, "method"> & {
  intent: string;
  calls?: OperationId;
  isReadable?: boolean;
  children: ReactNode;
};

/**
 * A form that posts to its page's action, and shows there what was wrong. `intent` says which form it is. Whoever may not
 * call what it calls doesn't see it, or sees only what stands in it.
 */
export function Form({ intent, calls, isReadable, children, className = "form", ...rest }: Props) {
  const failure = useFailure(intent);
  const may = useMay();
  if (calls && !may(calls)) {
    if (!isReadable) return null;
    return (
      <fieldset className={className} disabled>
        {children}
      </fieldset>
    );
  }
  return (
    <RemixForm method="post" className={className} noValidate={false} {...rest}>
      {failure && !isSaidAtFields(failure) && <Notice tone="bad">{failure.message}</Notice>}
      <FieldsOf failure={failure}>{children}</FieldsOf>
    </RemixForm>
  );
}

/** Whether every message has a field of the form to stand at. */
function isSaidAtFields({ fields, values }: FormFailure): boolean {
  const named = Object.keys(fields);
  return named.length > 0 && named.every((name) => name in values || name === "password");
}

/** Makes the same form sent twice count once. */
export function OnceKey({ value }: { value: string }) {
  return <input type="hidden" name="idempotencyKey" value={value} />;
}
