import { expect, it } from "vitest";
import { findForbiddenImports, importsOf } from "./import-rules.ts";

it("finds every form of import, over several lines too, and none in comments", () => {
  const text = `import a from "one";
import {
  b,
  type C,
} from "two";
export * from "./three.ts";
import "four";
const five = await import("five");
// import six from "six";
/* import seven from "seven"; */`;
  expect(importsOf(text)).toEqual(["one", "two", "./three.ts", "four", "five"]);
});

it.each([
  ["packages/domain/src/a.ts", "@boardroom/db", true],
  ["packages/domain/src/a.ts", "@boardroom/api", false],
  ["packages/domain/src/a.ts", "@boardroom/domain", true],
  ["packages/domain/src/a.ts", "@boardroom/local", false],
  ["packages/domain/test/a.test.ts", "@boardroom/local", true],
  ["packages/domain/src/a.ts", "../../db/src/index.ts", false],
  ["packages/contract/src/a.ts", "zod", true],
  ["packages/contract/src/a.ts", "hono", false],
  ["apps/web/app/a.tsx", "@boardroom/contract", true],
  ["apps/web/app/a.tsx", "@boardroom/domain", false],
  ["apps/web/server.ts", "@remix-run/cloudflare", true],
  ["workers/index.ts", "@remix-run/cloudflare", false],
  ["workers/index.ts", "@boardroom/web", true],
  ["workers/version.ts", "../package.json", true],
  ["workers/own-skills.ts", "../skills/boardroom/SKILL.md", true],
])("%s importing %s is allowed: %s", (file, specifier, isAllowed) => {
  expect(findForbiddenImports(file, `import x from "${specifier}";`).length === 0).toBe(isAllowed);
});

it.each([
  ["packages/domain/src/a.ts", false],
  ["workers/index.ts", false],
  ["packages/local/src/start/main.ts", true],
  ["packages/testing/src/global-setup.ts", true],
])("%s reading the environment is allowed: %s", (file, isAllowed) => {
  expect(findForbiddenImports(file, "const port = process.env.PORT;").length === 0).toBe(isAllowed);
});
