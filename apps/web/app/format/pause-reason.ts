const known: Record<string, string> = {
  budget: "Budget used up",
  endpoint_gone: "Its webhook answers that it is gone",
  company_archived: "Company archived",
};

/** Why an agent stands still: a reason of the system in words, or what a person wrote. */
export function describePause(reason: string): string {
  return known[reason] ?? reason;
}
