import { useActionData, useLocation, useNavigation } from "@remix-run/react";
import { useState } from "react";
import type { FormFailure } from "./failure.ts";

/**
 * The action's answer for as long as the visitor stays. Live updates revalidate the page, and that would drop it:
 * an error, or a secret that is shown only once.
 */
export function useResult<T>(): T | undefined {
  const fresh = useActionData() as T | undefined;
  const { key } = useLocation();
  const [kept, setKept] = useState({ key, result: fresh });
  // The answer comes before the address is committed, so the same one may have to be kept under a second key.
  if (fresh !== undefined && (fresh !== kept.result || kept.key !== key)) setKept({ key, result: fresh });
  return fresh ?? (kept.key === key ? kept.result : undefined);
}

/** The failure of one form of the page; without an intent, of any. */
export function useFailure(intent?: string): FormFailure | undefined {
  const result = useResult<unknown>();
  if (!isFailure(result)) return undefined;
  return intent === undefined || result.intent === intent ? result : undefined;
}

export function isFailure(result: unknown): result is FormFailure {
  return typeof result === "object" && result !== null && "failed" in result && result.failed === true;
}

/** Whether a form with this intent is on its way. */
export function usePending(intent?: string): boolean {
  const { state, formData } = useNavigation();
  if (state === "idle" || !formData) return false;
  return intent === undefined || formData.get("intent") === intent;
}
