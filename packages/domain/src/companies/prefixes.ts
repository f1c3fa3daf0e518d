import { type SQL, sql } from "drizzle-orm";
import { textArray } from "../column-values.ts";

const longest = 10;
const wished = 4;

/**
 * Issue prefixes made from a company's name, the nicest first: its first word, its initials, longer beginnings, then
 * with a number. "Acme Robotics" gives ACME, AR, ACMER, …
 */
export function suggestPrefixes(name: string): string[] {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toUpperCase();
  const words = plain.split(/[^A-Z0-9]+/).filter((word) => /[A-Z]/.test(word));
  const letters = words.join("").replace(/^[0-9]+/, "");
  const first = (words[0] ?? "").replace(/^[0-9]+/, "");
  const initials = words.map((word) => word.replace(/^[0-9]+/, "").charAt(0)).join("");
  const beginnings = [3, 5, 6, 7, 8].map((length) => letters.slice(0, length));
  const base = [first.slice(0, wished), initials.slice(0, wished), ...beginnings, "CO"].filter(isPrefix);
  const [stem = "CO"] = base;
  const numbered = Array.from({ length: 40 }, (_, index) => `${stem.slice(0, 6)}${index + 2}`);
  return [...new Set([...base, ...numbered])];
}

const isPrefix = (text: string) => text.length >= 2 && text.length <= longest && /^[A-Z][A-Z0-9]+$/.test(text);

/** The first of the candidates that no company has; when all are taken, one with a random number. */
export function freePrefix(candidates: readonly string[]): SQL {
  const last = `${(candidates[0] ?? "CO").slice(0, 4)}`;
  return sql`(
    select prefix from unnest(${textArray(candidates)} || (${last}::text || floor(100000 + random() * 900000)::int))
      with ordinality as wished (prefix, place)
    where not exists (select 1 from companies taken where taken.issue_prefix = wished.prefix)
    order by place limit 1)`;
}
