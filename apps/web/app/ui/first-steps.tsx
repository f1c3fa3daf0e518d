import Circle from "lucide-react/icons/circle";
import CircleCheck from "lucide-react/icons/circle-check";
import type { FirstStepsDone } from "../server/first-steps.ts";
import { ButtonLink } from "./button.tsx";
import { Section } from "./page.tsx";
import { useCompany } from "./use-company.ts";

const steps = [
  { key: "goal", text: "Write a goal", to: "/start", act: "Write" },
  { key: "project", text: "Start a project", to: "/projects/new", act: "Start" },
  { key: "agent", text: "Hire its CEO", to: "/start/ceo", act: "Hire" },
  { key: "issue", text: "Give it its first issue", to: "/issues/new", act: "Create" },
] as const;

/** What a new company needs before it runs; the first open step is the one to take. */
export function FirstSteps({ steps: done }: { steps: FirstStepsDone }) {
  const { base } = useCompany();
  const next = steps.find(({ key }) => !done[key])?.key;
  return (
    <Section title="Get it running">
      <ol className="checklist bordered-soft">
        {steps.map(({ key, text, to, act }) => (
          <li key={key} data-done={done[key] || undefined}>
            {done[key] ? (
              <CircleCheck size={16} className="done-sign" role="img" aria-label="Done" />
            ) : (
              <Circle size={16} className="faint" role="img" aria-label="To do" />
            )}
            {text}
            {!done[key] && (
              <ButtonLink to={base + to} kind={key === next ? "primary" : undefined}>
                {act}
              </ButtonLink>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}
