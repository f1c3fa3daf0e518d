import { useEffect, useRef } from "react";
import { Button } from "../button.tsx";

/** Asks once more before a swipe or a key says yes. */
export function ConfirmYes({ button, close }: { button: HTMLElement; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const title = button.closest(".card")?.querySelector("h3")?.textContent ?? "";
  const label = button.textContent ?? "Yes";
  return (
    <dialog ref={dialog} className="sheet" aria-labelledby="yes-title" onClose={close}>
      <header>
        <h2 id="yes-title">{label}?</h2>
      </header>
      <p>{title}</p>
      <div className="form-actions">
        <Button
          kind="primary"
          autoFocus
          onClick={() => {
            dialog.current?.close();
            button.click();
          }}
        >
          {label}
        </Button>
        <Button onClick={() => dialog.current?.close()}>Not now</Button>
      </div>
    </dialog>
  );
}
