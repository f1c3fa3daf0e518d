const steps = ["Goal", "CEO", "First plan"] as const;

/** Where one is on the way to a company that runs. */
export function StartSteps({ at }: { at: 0 | 1 | 2 }) {
  return (
    <ol className="start-steps" aria-label="Steps">
      {steps.map((step, index) => (
        <li key={step} aria-current={index === at ? "step" : undefined} data-done={index < at || undefined}>
          {step}
          {index < at && <span className="visually-hidden"> (done)</span>}
        </li>
      ))}
    </ol>
  );
}
