import type { Secret } from "@boardroom/contract";
import { Input, Textarea } from "../field.tsx";

export interface Named {
  id: string;
  name: string;
}

/** How settings name a secret. */
export const referenceTo = (key: string) => `\${secret:${key}}`;

/** The value of a secret: typed once, sent once, never shown again. */
export function ValueField({ label, hint }: { label: string; hint: string }) {
  return (
    <>
      <input type="hidden" name="secretField" value="value" />
      <Textarea
        label={label}
        name="value"
        rows={3}
        className="textarea mono"
        minLength={8}
        maxLength={32_000}
        hint={hint}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
      />
    </>
  );
}

interface SecretFieldsProps {
  secret?: Secret;
  agents: Named[];
  projects: Named[];
}

/** A secret's name, and whom and where it is for. */
export function SecretFields({ secret, agents, projects }: SecretFieldsProps) {
  return (
    <>
      <div className="field-pair">
        <Input label="Name" name="name" maxLength={120} defaultValue={secret?.name} autoComplete="off" required />
        {secret ? (
          <div className="field">
            <span className="label">Key</span>
            <code className="fixed-value">{secret.key}</code>
          </div>
        ) : (
          <Input
            label="Key"
            name="key"
            maxLength={63}
            pattern="[A-Za-z][A-Za-z0-9_.\-]*"
            placeholder="github-token"
            hint="How settings name it. Made from the name when empty."
            autoComplete="off"
            autoCapitalize="none"
            optional
          />
        )}
      </div>
      <Input
        label="Description"
        name="description"
        maxLength={1000}
        defaultValue={secret?.description ?? ""}
        hint="What it opens, and where to get a new one."
        optional
      />
      <Choices
        label="Only for these agents"
        name="agentIds"
        all={agents}
        chosen={secret?.agentIds}
        anyone="every agent"
      />
      <Choices
        label="Only in these projects"
        name="projectIds"
        all={projects}
        chosen={secret?.projectIds}
        anyone="every project"
      />
    </>
  );
}

interface ChoicesProps {
  label: string;
  name: string;
  all: Named[];
  chosen: string[] | undefined;
  anyone: string;
}

function Choices({ label, name, all, chosen = [], anyone }: ChoicesProps) {
  if (all.length === 0) return null;
  return (
    <details className="note limits" open={chosen.length > 0}>
      <summary>
        {label}
        {chosen.length > 0 && ` (${chosen.length})`}
      </summary>
      <fieldset className="form">
        <legend className="hint">None chosen means {anyone}.</legend>
        {all.map((each) => (
          <label className="check" key={each.id}>
            <input type="checkbox" name={name} value={each.id} defaultChecked={chosen.includes(each.id)} />
            <span>{each.name}</span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}
