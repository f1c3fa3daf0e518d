import type { ReactNode } from "react";

export type Tone = "neutral" | "active" | "good" | "attention" | "bad";

/** A sentence about the page or a form; announced when it appears. */
export function Notice({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <div className="notice" data-tone={tone} role={tone === "bad" ? "alert" : "status"}>
      <div>{children}</div>
    </div>
  );
}

export function Tag({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className="tag" data-tone={tone}>
      {children}
    </span>
  );
}
