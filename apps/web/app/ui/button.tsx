import type { OperationId } from "@boardroom/contract";
import { Link, type LinkProps } from "@remix-run/react";
import type { ButtonHTMLAttributes } from "react";
import { usePending } from "../forms/use-result.ts";
import { useMay } from "./may.tsx";

type Kind = "primary" | "plain" | "danger" | "quiet";
type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { kind?: Kind; wide?: boolean; icon?: boolean };

export function Button({ kind, wide, icon, type = "button", ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className="button"
      data-kind={kind}
      data-wide={wide || undefined}
      data-icon={icon || undefined}
      {...rest}
    />
  );
}

type ButtonLinkProps = LinkProps & { kind?: Kind; wide?: boolean; icon?: boolean; leadsTo?: OperationId };

/** Looks like a button and leads somewhere. Whoever may not call what it leads to doesn't see it. */
export function ButtonLink({ kind, wide, icon, leadsTo, ...rest }: ButtonLinkProps) {
  const may = useMay();
  if (leadsTo && !may(leadsTo)) return null;
  return (
    <Link className="button" data-kind={kind} data-wide={wide || undefined} data-icon={icon || undefined} {...rest} />
  );
}

/** Sends its form under an intent, and says that it is on its way. */
export function Submit({
  intent,
  kind = "primary",
  busy,
  children,
  ...rest
}: ButtonProps & { intent: string; busy?: boolean }) {
  const pending = usePending(intent) || busy === true;
  return (
    <Button type="submit" name="intent" value={intent} kind={kind} aria-disabled={pending || undefined} {...rest}>
      {children}
    </Button>
  );
}
