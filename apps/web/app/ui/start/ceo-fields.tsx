import { Input, Radios, Select } from "../field.tsx";
import { OnceKey } from "../form.tsx";

const webhook = ["webhook", "A webhook", "Your own server is called with signed requests."] as const;
const laptop = [
  "laptop",
  "A program on a laptop",
  "Claude Code, Codex and the like, on a machine that you connect.",
] as const;
const demo = ["demo", "The demo agent", "Scripted, costs nothing, and proposes a plan within seconds."] as const;

const programs = [
  ["claude_local", "Claude Code"],
  ["codex_local", "Codex"],
  ["gemini_local", "Gemini CLI"],
  ["cursor", "Cursor"],
  ["opencode_local", "OpenCode"],
] as const;

/** Who the first agent is and how it is reached; all else comes from its template. */
export function CeoFields({ hasDemo, onceKey }: { hasDemo: boolean; onceKey: string }) {
  return (
    <>
      <OnceKey value={onceKey} />
      <p className="muted">
        The CEO turns the goal into a plan: whom to hire, what to begin. Nothing of it happens before you have approved
        it.
      </p>
      <Input label="Name" name="name" defaultValue="Clara" maxLength={80} required autoComplete="off" />
      <Input
        label="Monthly budget"
        name="budgetMonthlyCents"
        affix="$"
        inputMode="decimal"
        defaultValue="50"
        hint="At 100 % it is paused. Empty means no limit."
      />
      <Radios
        label="How it runs"
        name="connection"
        choices={hasDemo ? [demo, laptop, webhook] : [laptop, webhook]}
        defaultValue={hasDemo ? "demo" : "laptop"}
      />
      <div data-only="laptop">
        <Select label="Program on the laptop" name="program" options={programs} />
      </div>
      <div data-only="webhook">
        <Input
          label="Address of the webhook"
          name="url"
          type="url"
          placeholder="https://agents.example.com/hook"
          autoCapitalize="none"
        />
      </div>
    </>
  );
}
