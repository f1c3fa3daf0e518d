import type { ApprovalReceipt } from "@boardroom/contract";
import { useState } from "react";
import { Button } from "../button.tsx";
import { Section } from "../page.tsx";
import { useIsAlive } from "../use-is-alive.ts";

/** The signed proof of a decision, to take along. */
export function ReceiptSection({ receipt }: { receipt: ApprovalReceipt | null }) {
  const isAlive = useIsAlive();
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  if (!receipt) return null;
  const copy = () =>
    navigator.clipboard.writeText(receipt.jws).then(
      () => setState("copied"),
      () => setState("failed"),
    );
  return (
    <Section title="Receipt">
      <div className="stack" data-tight>
        <p className="muted">
          Signed by this Boardroom. Anybody can check it against <code>/api/.well-known/jwks.json</code>, also without
          us.
        </p>
        <details className="note">
          <summary>Show it</summary>
          <code className="revision">{receipt.jws}</code>
        </details>
        {isAlive && (
          <div className="line">
            <Button onClick={copy}>{state === "copied" ? "Copied" : "Copy receipt"}</Button>
            <span className="muted" aria-live="polite">
              {state === "failed" ? "The browser does not let us. Show it and copy it by hand." : ""}
            </span>
          </div>
        )}
      </div>
    </Section>
  );
}
