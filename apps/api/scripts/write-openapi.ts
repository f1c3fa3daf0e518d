/** Writes docs/openapi.json from the contract. `--check` only says whether it is up to date. */
import { readFile, writeFile } from "node:fs/promises";
import { createOpenApi } from "../src/openapi/document.ts";

const root = new URL("../../../", import.meta.url);
const target = new URL("docs/openapi.json", root);
const { version } = JSON.parse(await readFile(new URL("package.json", root), "utf8")) as { version: string };
const text = `${JSON.stringify(createOpenApi(version), null, 2)}\n`;

if (!process.argv.includes("--check")) await writeFile(target, text);
else if ((await readFile(target, "utf8").catch(() => "")) !== text) {
  console.error("docs/openapi.json is out of date: run `npm run generate`.");
  process.exitCode = 1;
}
