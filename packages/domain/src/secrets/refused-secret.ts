import type { FoundSecretRow } from "./claim-parts.ts";

const sentences: Record<NonNullable<FoundSecretRow["refusal"]>, (key: string) => string> = {
  missing: (key) => `There is no secret "${key}", which this run needs.`,
  disabled: (key) => `The secret "${key}", which this run needs, is disabled.`,
  other_agent: (key) => `The secret "${key}" is not for this agent.`,
  other_project: (key) => `The secret "${key}" is not given out in this project.`,
};

/** Why a run can't be given what its settings name; null when it can. */
export function refusedSecret(found: readonly FoundSecretRow[]): string | null {
  const refused = found.flatMap(({ key, refusal }) => (refusal === null ? [] : [sentences[refusal](key)]));
  return refused.length === 0 ? null : refused.join(" ");
}
