import { writeEnvironment } from "../forms/environment.ts";
import { Textarea } from "./field.tsx";
import { referenceTo } from "./secrets/secret-fields.tsx";

/** Variables for runs, one to a line. */
export function EnvironmentField({ env, hint }: { env: Record<string, string> | undefined; hint: string }) {
  return (
    <Textarea
      label="Environment"
      name="env"
      rows={3}
      className="textarea mono"
      defaultValue={writeEnvironment(env ?? {})}
      placeholder={`STAGE=test\nGITHUB_TOKEN=${referenceTo("github-token")}`}
      hint={hint}
      autoCapitalize="none"
      spellCheck={false}
      optional
    />
  );
}
