/** One thing that is not as it was sealed. */
export interface Problem {
  /** Of the file, from 1; null for what is missing from it. */
  line: number | null;
  kind: "changed" | "removed" | "added" | "reordered" | "seal" | "key" | "file";
  message: string;
}

export interface Verdict {
  isIntact: boolean;
  problems: Problem[];
  companyId: string | null;
  seals: number;
  sealedRows: number;
  /** Rows behind the last seal: only the signature of the whole export speaks for them. */
  unsealedRows: number;
  /** The hash of the last seal. */
  lastHash: string | null;
  /** Keys that signed, in base64url. */
  keys: string[];
  /** Things to know that are no problems. */
  notes: string[];
}

/**
 * Checks an export line by line, holding only one stretch of it at a time.
 * @example
 * const verifier = createVerifier({ keys: ["…"] });
 * for (const line of text.split("\n")) verifier.add(line);
 * verifier.finish().isIntact // true
 */
export function createVerifier(options?: {
  /** Keys that may have signed; the file's own are believed when left out. */
  keys?: readonly string[];
  /** The hash of a seal that was noted earlier; it has to be in the export. */
  hash?: string;
}): {
  add(line: string): void;
  finish(): Verdict;
};
