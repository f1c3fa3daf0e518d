import type { ExamplesOf } from "./example.ts";

export const searchExamples: ExamplesOf<"search"> = {
  "search.company": (t) => ({ params: { cid: t.cid }, query: { q: t.mark } }),
};
