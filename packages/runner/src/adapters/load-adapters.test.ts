import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { policySchema } from "../policy/policy.ts";
import { loadAdapters } from "./load-adapters.ts";
import { offerAdapters } from "./offer-adapters.ts";

const example = join(import.meta.dirname, "../../../adapters/examples/llm");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "boardroom-adapters-"));
  const zod = dirname(createRequire(import.meta.url).resolve("zod/package.json"));
  cpSync(zod, join(folder, "node_modules/zod"), { recursive: true });
  cpSync(example, join(folder, "node_modules/boardroom-adapter-llm"), { recursive: true });
  writeFileSync(join(folder, "package.json"), "{}");
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const policyOf = (external: string[], builtIn: string[] | null = []) =>
  policySchema.parse({ version: 1, allowedCommands: ["llm"], adapters: { builtIn, external } });

/** A package whose main file is this text. */
function givenPackage(name: string, text: string): string {
  mkdirSync(join(folder, "node_modules", name), { recursive: true });
  writeFileSync(
    join(folder, "node_modules", name, "package.json"),
    JSON.stringify({ name, type: "module", exports: "./index.js" }),
  );
  writeFileSync(join(folder, "node_modules", name, "index.js"), text);
  return name;
}

it("knows the built-in adapters that the policy names", async () => {
  expect((await loadAdapters(policyOf([], null), folder)).find("claude_local")).toBeDefined();
  const { all, find } = await loadAdapters(policyOf([], ["process"]), folder);
  expect(all.map(({ adapter }) => adapter.definition.type)).toEqual(["process"]);
  expect(find("claude_local")).toBeUndefined();
});

it.each([
  ["by its name", () => "boardroom-adapter-llm"],
  ["by the path of its file", () => join(folder, "node_modules/boardroom-adapter-llm/index.js")],
])("loads the example of the guide %s", async (_, nameOf) => {
  const { find, problems } = await loadAdapters(policyOf([nameOf()]), folder);
  expect(problems).toEqual([]);
  expect(find("llm")?.definition.label).toBe("llm");
});

it("offers it with its form, once its program is there and allowed", async () => {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "llm"), "#!/bin/sh\necho llm, version 0.28\n", { mode: 0o755 });
  const policy = policyOf(["boardroom-adapter-llm"]);
  const adapters = await loadAdapters(policy, folder);
  const path = `${bin}:${process.env.PATH}`;
  const machine = { policy, path, env: { PATH: path }, folder };
  expect(await offerAdapters(adapters, machine)).toMatchObject([
    {
      type: "llm",
      label: "llm",
      isExternal: true,
      version: "llm, version 0.28",
      configSchema: { properties: { model: { title: "Model" } } },
    },
  ]);
  const forbidden = { ...machine, policy: { ...policy, allowedCommands: [] } };
  expect(await offerAdapters(adapters, forbidden)).toEqual([]);
});

it("leaves out what isn't one, and says why", async () => {
  const names = [
    "boardroom-adapter-nowhere",
    givenPackage("throws", "throw new Error('No licence');"),
    givenPackage("exports-nothing", "export const other = 1;"),
    givenPackage("half", "export const adapter = { definition: { type: 'half' } };"),
    givenPackage(
      "impostor",
      "import { adapter as own } from 'boardroom-adapter-llm'; export const adapter = { ...own, definition: { ...own.definition, type: 'claude_local' } };",
    ),
  ];
  const { all, problems } = await loadAdapters(policyOf([...names, "boardroom-adapter-llm"]), folder);
  expect(all.map(({ adapter }) => adapter.definition.type)).toEqual(["llm"]);
  expect(problems).toHaveLength(names.length);
  expect(problems.join("\n")).toContain("No licence");
  expect(problems.join("\n")).toContain('there is an adapter "claude_local" already');
});
