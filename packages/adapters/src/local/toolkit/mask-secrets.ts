import type { ExecutionContext } from "../local-adapter.ts";

/** Replaces the values of a run's secrets and keys. Values shorter than six characters would mask ordinary words. */
export function maskSecrets({ job, env }: Pick<ExecutionContext, "job" | "env">, text: string): string {
  const values = [job.runToken, env.PAPERCLIP_API_KEY, ...Object.values(job.secrets)];
  return values.reduce<string>(
    (masked, value) => (value && value.length >= 6 ? masked.replaceAll(value, "***") : masked),
    text,
  );
}
