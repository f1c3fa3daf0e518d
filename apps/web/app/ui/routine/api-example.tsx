import { useIsAlive } from "../use-is-alive.ts";

/** How a program fires the routine through this trigger. */
export function ApiExample({ routineId, triggerId }: { routineId: string; triggerId: string }) {
  const origin = useIsAlive() ? window.location.origin : "";
  return (
    <section className="stack" data-tight aria-label="How to fire it">
      <p className="muted">With a board key, or the assignee's own:</p>
      <pre className="sample">{`curl -X POST '${origin}/api/routines/${routineId}/run' \\
  -H "Authorization: Bearer $BOARDROOM_KEY" \\
  -H 'Content-Type: application/json' \\
  -d '{"triggerId": "${triggerId}"}'`}</pre>
    </section>
  );
}
