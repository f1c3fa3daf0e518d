import { seededRandom } from "@boardroom/local";
import pg from "pg";

/** A vocabulary whose first words are in nearly every issue and whose last are in a few, as in real text. */
const vocabulary = Array.from({ length: 5_000 }, (_, index) => wordOf(index));

/** A word that can be spoken, another one for each number. */
function wordOf(number: number): string {
  const syllables = ["ba", "ce", "di", "fo", "gu", "ha", "ke", "li", "mo", "nu", "pa", "re", "si", "to", "vu"];
  let word = "";
  for (let rest = number + syllables.length; rest > 0; rest = Math.floor(rest / syllables.length)) {
    word += syllables[rest % syllables.length];
  }
  return word;
}

/** The word at this place of the vocabulary, 0 the most common. */
export const commonWord = (place: number): string => vocabulary[place] ?? "";

/** Fills a company with issues of random words, by a seeded generator: titles of 6 words, descriptions of 40. */
export async function loadIssues(ownerUrl: string, companyId: string, count: number, seed: number): Promise<void> {
  const random = seededRandom(seed);
  const text = (words: number) =>
    Array.from({ length: words }, () => vocabulary[Math.floor(vocabulary.length * random() ** 3)]).join(" ");
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    for (let made = 0; made < count; made += 2_000) {
      const batch = Array.from({ length: Math.min(2_000, count - made) }, () => [text(6), text(40)] as const);
      await client.query(
        `insert into issues (company_id, identifier, issue_number, title, description, status, priority, completed_at)
         select $1, 'BIG-' || n, n, t, d, s, 'medium', case when s = 'done' then now() - make_interval(hours => n % 9000) end
         from unnest($3::text[], $4::text[]) with ordinality u (t, d, o)
         cross join lateral (select $2::int + o::int as n) n
         cross join lateral (select (array['backlog','todo','done','done','done','done','cancelled','in_progress'])[1 + n % 8]::issue_status as s) s`,
        [companyId, made, batch.map(([title]) => title), batch.map(([, description]) => description)],
      );
    }
    await client.query("update companies set issue_counter = $2 where id = $1", [companyId, count]);
    await client.query("vacuum analyze issues, search_entries");
  } finally {
    await client.end();
  }
}
