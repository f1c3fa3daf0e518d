import type { OperationId } from "@boardroom/contract";
import { Link, type LinkProps, useNavigate, useSearchParams } from "@remix-run/react";
import X from "lucide-react/icons/x";
import { type MouseEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { useMay } from "./may.tsx";

/** The address of this page with a sheet open, or with none. */
function useSheetPath(name: string | null): string {
  const [search] = useSearchParams();
  const next = new URLSearchParams(search);
  if (name === null) next.delete("sheet");
  else next.set("sheet", name);
  return `?${next}`;
}

type SheetLinkProps = Omit<LinkProps, "to"> & { sheet: string; leadsTo?: OperationId };

/**
 * Opens a sheet of this page. A link, so that it works before JavaScript and "back" closes the sheet. Whoever may not call
 * what the sheet leads to sees only the words of a row.
 */
export function SheetLink({ sheet, leadsTo, ...rest }: SheetLinkProps) {
  const may = useMay();
  const to = useSheetPath(sheet);
  if (leadsTo && !may(leadsTo)) return rest.className === "row-link" ? <span>{rest.children}</span> : null;
  return <Link to={to} preventScrollReset {...rest} />;
}

/** A sheet from the bottom on a phone, a dialog on a desktop; open while `?sheet=` names it. */
export function Sheet({ name, title, children }: { name: string; title: string; children: ReactNode }) {
  const [search] = useSearchParams();
  return search.get("sheet") === name ? <OpenSheet title={title}>{children}</OpenSheet> : null;
}

function OpenSheet({ title, children }: { title: string; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const closedPath = useSheetPath(null);
  const navigate = useNavigate();
  const titleId = useId();
  const close = () => navigate(closedPath, { replace: true, preventScrollReset: true });

  useEffect(() => {
    // The server can only render it open; showing it modally brings focus trap, Escape and the inert page behind.
    const element = dialog.current;
    element?.close();
    element?.showModal();
    (
      element?.querySelector<HTMLElement>("[aria-current], select, input:not([type=hidden]), textarea") ?? element
    )?.focus();
  }, []);

  const closeOnBackdrop = (event: MouseEvent) => {
    if (event.target === dialog.current) close();
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a modal dialog by itself
    <dialog
      ref={dialog}
      open
      className="sheet"
      tabIndex={-1}
      aria-labelledby={titleId}
      onClick={closeOnBackdrop}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <header>
        <h2 id={titleId}>{title}</h2>
        <Link to={closedPath} className="close" replace preventScrollReset aria-label="Close">
          <X size={20} aria-hidden="true" />
        </Link>
      </header>
      {children}
    </dialog>
  );
}
