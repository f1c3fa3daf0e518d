import { fillSecretReferences, secretKeysIn } from "@boardroom/contract";
import type { SecretValues } from "./open-secrets.ts";

/** The same settings with every reference replaced by its value, at any depth. */
export function fillReferences<T>(settings: T, values: SecretValues): T {
  if (values.size === 0) return settings;
  if (typeof settings === "string") return fillText(settings, values) as T & string;
  if (Array.isArray(settings)) return settings.map((each: unknown) => fillReferences(each, values)) as T & unknown[];
  if (typeof settings !== "object" || settings === null) return settings;
  return Object.fromEntries(Object.entries(settings).map(([key, inner]) => [key, fillReferences(inner, values)])) as T &
    object;
}

const fillText = (text: string, values: SecretValues) => fillSecretReferences(text, (key) => values.get(key) ?? "");

/**
 * Splits a runner's settings: what holds a secret goes into the job's secrets, which only ever become the environment of the
 * program, and is no longer part of the configuration. The project's and the routine's variables come along with them.
 */
export function splitEnvironment(
  config: Record<string, unknown>,
  environment: Record<string, string>,
  values: SecretValues,
): { config: Record<string, unknown>; secrets: Record<string, string> } {
  const own = Object.entries(isRecord(config.env) ? config.env : {});
  const plain = own.filter(([, value]) => !holdsReference(value));
  const secret = own.flatMap(([name, value]) =>
    typeof value === "string" && holdsReference(value) ? [[name, value] as const] : [],
  );
  const around = Object.entries(environment).filter(([name]) => !own.some(([taken]) => taken === name));
  const filled = [...around, ...secret].map(([name, value]) => [name, fillText(value, values)]);
  return {
    config: config.env === undefined ? config : { ...config, env: Object.fromEntries(plain) },
    secrets: Object.fromEntries(filled),
  };
}

const holdsReference = (value: unknown) => typeof value === "string" && secretKeysIn(value).length > 0;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
