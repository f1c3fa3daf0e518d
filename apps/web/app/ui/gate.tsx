import type { ReactNode } from "react";
import { Mark } from "./mark.tsx";

/** The pages before a company is entered: one short form each. */
export function Gate({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <div className="gate">
      <main>
        <p className="brand">
          <Mark />
          Boardroom
        </p>
        <div className="stack" data-tight>
          <h1>{title}</h1>
          {lead && <p className="muted">{lead}</p>}
        </div>
        {children}
      </main>
    </div>
  );
}
