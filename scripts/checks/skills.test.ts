import { readdirSync, readFileSync } from "node:fs";
import { type Operation, operations, plan } from "@boardroom/contract";
import { describe, expect, it } from "vitest";

const skills = readdirSync("skills").map((key) => ({ key, text: readFileSync(`skills/${key}/SKILL.md`, "utf8") }));
const anId = "01989e5e-0000-7000-8000-000000000001";

/** Every `METHOD /path '{"body": …}'` of a text; a body with `{…}` in it only stands for one. */
function callsOf(text: string) {
  return [...text.matchAll(/`(GET|POST|PATCH|PUT|DELETE) (\/[^\s'`]*)(?: '(\{.*?\})')?`/g)].map(
    ([, method = "", path = "", body]) => ({
      method,
      path: path.replaceAll(/\$\w+/g, ":"),
      body: body?.replaceAll(/'?\$\w+'?/g, anId).replaceAll("…", anId),
      isWhole: body !== undefined && !body.includes("{…}"),
    }),
  );
}

const findOperation = (method: string, path: string): Operation | undefined =>
  Object.values<Operation>(operations).find(
    (each) => each.method === method && each.path.replaceAll(/:\w+/g, ":") === path,
  );

describe.each(skills)("the skill $key", ({ key, text }) => {
  it("has a head that says its name and when to use it", () => {
    const [, head = ""] = /^---\n([\s\S]+?)\n---\n/.exec(text) ?? [];
    expect(head).toMatch(new RegExp(`^name: ${key}$`, "m"));
    expect(/^description: (.+)$/m.exec(head)?.[1]?.length).toBeGreaterThan(40);
  });

  it("is short enough to be read in every run", () => {
    expect(text.length).toBeLessThan(8000);
  });

  it("calls only what the API has, with bodies that it takes", () => {
    const calls = callsOf(text);
    expect(calls.length).toBeGreaterThan(8);
    expect(calls.filter(({ isWhole }) => isWhole).length).toBeGreaterThan(4);
    for (const { method, path, body, isWhole } of calls) {
      const operation = findOperation(method, path);
      expect(operation, `${method} ${path}`).toBeDefined();
      if (isWhole) expect(operation?.body?.strict().safeParse(JSON.parse(body ?? "")).error, body).toBeUndefined();
    }
  });

  it("shows plans that would be taken", () => {
    const bodies = callsOf(text).flatMap(({ body, isWhole }) => (isWhole && body ? [JSON.parse(body)] : []));
    const plans = bodies.filter(({ type }) => type === "approve_ceo_strategy");
    for (const { payload } of plans) expect(plan.safeParse(payload).error).toBeUndefined();
    if (key === "boardroom") expect(plans.length).toBeGreaterThan(0);
  });
});
