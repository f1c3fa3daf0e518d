import { expect, it } from "vitest";
import { urlKeyOf } from "./agent-draft.ts";

it.each([
  ["Ada Lovelace", "ada-lovelace"],
  ["  Émile / Zola  ", "emile-zola"],
  ["QA #2", "qa-2"],
  ["開発 太郎", "開発-太郎"],
  ["🤖", "agent"],
])("turns the name %j into the URL key %j", (name, key) => {
  expect(urlKeyOf(name)).toBe(key);
});
