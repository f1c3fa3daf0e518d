import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { importsOf } from "./import-rules.ts";

/** The barrels and doors that would bring the whole app into the isolates that hold hubs. */
const wholeApp =
  /^(packages\/(contract|db|domain)\/src\/index\.ts|packages\/adapters\/|apps\/|workers\/(app|compose)\.ts)/;

/** One sentence for each way on which the Worker's entry evaluates the app before a request comes. */
export function findHubBallast(entry: string): string[] {
  const findings: string[] = [];
  const seen = new Set<string>([entry]);
  const waiting = [[entry]];
  for (let way = waiting.pop(); way; way = waiting.pop()) {
    const file = way.at(-1) ?? entry;
    for (const specifier of evaluatedImportsOf(readFileSync(file, "utf8"))) {
      const target = resolve(file, specifier);
      if (!target || seen.has(target)) continue;
      seen.add(target);
      if (wholeApp.test(target)) findings.push(`${[...way, target].join(" -> ")}: a hub's isolate would evaluate it`);
      else waiting.push([...way, target]);
    }
  }
  return findings;
}

/** The imports that are evaluated together with a file: no types, nothing that is imported later. */
export function evaluatedImportsOf(text: string): string[] {
  const withoutTypes = text.replaceAll(/^\s*(import|export) type\b[^;]*;/gm, "");
  return importsOf(withoutTypes.replaceAll(/\bimport\(/g, "later("));
}

/** The file of ours that a specifier names; null for packages from outside and for texts. */
function resolve(from: string, specifier: string): string | null {
  if (specifier.startsWith(".")) return specifier.endsWith(".ts") ? posix.join(posix.dirname(from), specifier) : null;
  const own = /^@boardroom\/([a-z-]+)(\/.+)?$/.exec(specifier);
  if (!own) return null;
  const folder = [`packages/${own[1]}`, `apps/${own[1]}`].find((each) => existsSync(`${each}/package.json`));
  if (!folder) return null;
  const { exports }: { exports: Record<string, string> } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  return posix.join(folder, exports[`.${own[2] ?? ""}`] ?? "");
}
