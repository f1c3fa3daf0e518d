import { BoardroomError } from "@boardroom/contract";
import type { StreamInspector } from "../ports.ts";
import { writtenForms } from "../redaction/written-forms.ts";

/** What is shorter stands in any file by chance. */
const shortestValue = 6;

/**
 * Ends the upload of a file that holds one of these values, however it is written. A file can't be masked like a text: its bytes
 * would be others than those that were sent.
 */
export function refuseSecrets(values: readonly string[]): StreamInspector {
  const long = values.filter(({ length }) => length >= shortestValue);
  const forms = [...new Set(long.flatMap(writtenForms))].map((form) => byBytes(new TextEncoder().encode(form)));
  const longest = Math.max(1, ...forms.map(({ length }) => length));
  let tail = "";
  return {
    take(piece) {
      if (forms.length === 0) return;
      const text = tail + byBytes(piece);
      if (forms.some((form) => text.includes(form))) {
        throw new BoardroomError("forbidden", "This file holds a secret that the run was given. Take it out.");
      }
      tail = text.slice(1 - longest);
    },
    end() {},
  };
}

/** One character for each byte. */
const byBytes = (bytes: Uint8Array): string => new TextDecoder("windows-1252").decode(bytes);
