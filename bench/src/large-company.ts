import { newCompany } from "@boardroom/testing/company";
import { type Stack, startStack } from "@boardroom/testing/stack";
import { commonWord, loadIssues } from "./load-issues.ts";
import { percentile, row } from "./percentile.ts";

type Print = (line: string) => void;

const issues = 100_000;
const pageSize = 100;
const seed = 20261121;

/** What people type: common and rare words, several, beginnings, slips, numbers, and what is nowhere. */
const searches: readonly (readonly [kind: string, words: string])[] = [
  ["a word that is in nearly all", commonWord(0)],
  ["a word that is in every fifth", commonWord(60)],
  ["a rare word", commonWord(4_900)],
  ["two words", `${commonWord(3)} ${commonWord(900)}`],
  ["three words", `${commonWord(1)} ${commonWord(40)} ${commonWord(700)}`],
  ["the first letter", commonWord(10).slice(0, 1)],
  ["the first three letters", commonWord(300).slice(0, 3)],
  ["a slip of a letter", `${commonWord(3_000).slice(0, -1)}x`],
  ["words in quotes", `"${commonWord(2)} ${commonWord(5)}"`],
  ["an issue's number", "BIG-77777"],
  ["nothing has it", "xylophone"],
];

/** Search, lists and the dashboard of a company with 100,000 issues, through the real Worker. */
export async function measureLargeCompany(stack: Stack, print: Print): Promise<void> {
  const { board, cid } = await newCompany(stack.addresses.url);
  await loadIssues(stack.addresses.ownerUrl, cid, issues, seed);
  print("");
  print(
    `A company with ${issues.toLocaleString("en")} issues (seed ${seed}), each call through the Worker, one at a time`,
  );
  print(header);
  const ofCompany = { params: { cid } };
  const all: number[] = [];
  for (const [kind, q] of searches) {
    const times = await timesOf(30, () => board.call("search.company", { ...ofCompany, query: { q } }));
    all.push(...times);
    print(line(`search: ${kind}`, times));
  }
  print(line("search: all of these", all));
  print(line("the dashboard", await timesOf(50, () => board.call("companies.dashboard", ofCompany))));
  print(line("the badges", await timesOf(50, () => board.call("companies.badges", ofCompany))));
  print(line("the board of issues", await timesOf(30, () => board.call("issues.board", ofCompany))));
  for (const sort of ["updated", "priority"] as const) {
    const query = { limit: pageSize, sort, status: "backlog,todo,in_progress,in_review,blocked" };
    print(
      line(
        `open issues by ${sort}, first page`,
        await timesOf(30, () => board.call("issues.list", { ...ofCompany, query })),
      ),
    );
  }
  const pages = await walkPages(board, cid);
  const [first, last] = [pages.slice(0, 50), pages.slice(-50)];
  print(line("list of issues, pages 1 to 50", first));
  print(line(`list of issues, pages ${pages.length - 49} to ${pages.length}`, last));
  print(`last pages to first, median: ${(percentile(last, 0.5) / percentile(first, 0.5)).toFixed(2)}`);
}

type Board = Awaited<ReturnType<typeof newCompany>>["board"];

/** Milliseconds of each page of the whole list, in order. */
async function walkPages(board: Board, cid: string): Promise<number[]> {
  const times: number[] = [];
  let cursor: string | undefined;
  do {
    const start = performance.now();
    const page = await board.page("issues.list", { params: { cid }, query: { limit: pageSize, cursor } });
    times.push(performance.now() - start);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return times;
}

/** Milliseconds of each call; a first one warms up and isn't counted. */
async function timesOf(count: number, call: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let done = -1; done < count; done++) {
    const start = performance.now();
    await call();
    if (done >= 0) times.push(performance.now() - start);
  }
  return times;
}

const header = row([
  ["", -44],
  ["p50 ms", 8],
  ["p95 ms", 8],
  ["worst", 8],
]);
const line = (name: string, times: readonly number[]) =>
  row([[name, -44], ...[0.5, 0.95, 1].map((share): [string, number] => [percentile(times, share).toFixed(1), 8])]);

if (import.meta.main) {
  const stack = await startStack({ servesFiles: false, isDurable: true });
  await measureLargeCompany(stack, (text) => process.stdout.write(`${text}\n`)).finally(() => stack.stop());
}
