import type { OperationOutput, Operations } from "@boardroom/contract";
import { useEffect, useState } from "react";

type Answer = OperationOutput<Operations["companies.suggestPrefix"]>;

/**
 * A free prefix for a name, and whether a wished one is free, once the API has answered what is asked now: a newer question
 * drops the one before it, so that answers can't overtake each other. Without an answer the form still works; the API says
 * in the end what is taken.
 */
export function useFreePrefix(name: string, wish: string): Answer | undefined {
  const [known, setKnown] = useState<{ question: string; answer: Answer }>();
  const question = name !== "" || wish.length >= 2 ? `${new URLSearchParams({ name, ...(wish && { wish }) })}` : "";
  useEffect(() => {
    if (question === "") return;
    const leaving = new AbortController();
    ask(question, leaving.signal).then(
      (answer) => answer && setKnown({ question, answer }),
      () => undefined,
    );
    return () => leaving.abort();
  }, [question]);
  return known?.question === question ? known.answer : undefined;
}

async function ask(question: string, signal: AbortSignal): Promise<Answer | undefined> {
  const response = await fetch(`/api/companies/prefix-suggestion?${question}`, { signal });
  return response.ok ? response.json() : undefined;
}
