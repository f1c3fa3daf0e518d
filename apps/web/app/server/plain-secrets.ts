/** A value in an agent's settings that looks like a secret, by its place alone: it is not sent along. */
export interface PlainSecret {
  section: "env" | "headers";
  field: string;
}

/** What already refers to a stored secret. */
const referenceStart = ["$", "{secret:"].join("");
const named =
  /(^|[_-])(api[_-]?key|key|token|secret|password|passwd|pass|credentials?|auth|authorization|cookie|dsn)$/i;
const shaped =
  /^(sk-|ghp_|gho_|github_pat_|glpat-|xox[abeprs]-|AKIA|AIza|npm_|hf_|whsec_|Bearer\s)|:\/\/[^/\s:]+:[^/\s@]+@|-----BEGIN/;

/** Values of an agent's settings that look like secrets and stand there plainly. */
export function findPlainSecrets(config: Record<string, unknown>): PlainSecret[] {
  return (["env", "headers"] as const).flatMap((section) =>
    Object.entries(recordOf(config[section])).flatMap(([field, value]) =>
      typeof value === "string" && looksSecret(field, value) ? [{ section, field }] : [],
    ),
  );
}

const looksSecret = (field: string, value: string) =>
  value.length >= 8 && !value.includes(referenceStart) && (named.test(field) || shaped.test(value));

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? { ...value } : {};
