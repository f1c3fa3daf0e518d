import type { AgentTemplate } from "@boardroom/contract";
import { Link } from "@remix-run/react";

interface TemplateChoiceProps {
  templates: readonly Pick<AgentTemplate, "key" | "label" | "summary">[];
  current: string | null;
  adapter: string;
}

/** What a new agent starts from; it stands in the address, and everything that it fills in can be changed. */
export function TemplateChoice({ templates, current, adapter }: TemplateChoiceProps) {
  const chosen = templates.find(({ key }) => key === current);
  return (
    <nav aria-label="Start from a template" className="stack" data-tight>
      <div className="line">
        {templates.map(({ key, label }) => (
          <Link
            key={key}
            className="button"
            data-kind={key === current ? "primary" : "quiet"}
            aria-current={key === current ? "true" : undefined}
            to={`?adapter=${adapter}&template=${key}`}
            replace
            preventScrollReset
          >
            {label}
          </Link>
        ))}
      </div>
      <p className="muted">{chosen?.summary ?? "Start from a template, or fill in everything yourself."}</p>
    </nav>
  );
}
