import { posix } from "node:path";

/** What each part may import of the others; see docs/ARCHITECTURE.md. What is missing here may import nothing of ours. */
const mayImport: Record<string, readonly string[]> = {
  "packages/contract": [],
  "packages/adapters": ["contract"],
  "packages/runner": ["adapters", "contract"],
  "packages/db": ["contract"],
  "packages/domain": ["db", "contract"],
  "packages/local": ["contract", "db"],
  "packages/verify": [],
  "packages/testing": ["contract", "db", "domain", "local"],
  "apps/api": ["domain", "adapters", "db", "contract"],
  "apps/web": ["contract"],
  workers: ["api", "web", "domain", "adapters", "db", "contract"],
  bench: ["contract", "db", "domain", "local", "testing", "api"],
};
/** Tests and scripts also boot and drive what they look at. */
const testsMayAlsoImport = ["local", "testing", "contract", "db", "verify"];

/** Packages from outside that only one part may touch. */
const onlyIn: readonly { specifier: RegExp; part: string; also?: string }[] = [
  { specifier: /^@remix-run\//, part: "apps/web" },
  { specifier: /^cloudflare:/, part: "workers" },
  { specifier: /^better-auth(\/|$)/, part: "apps/api" },
  // The benchmark measures against a bare Hono.
  { specifier: /^hono(\/|$)/, part: "apps/api", also: "bench" },
];
const contractMayUse = /^(zod|\.)/;

/** Settings come in through parameters; only what runs on a machine reads its environment. */
const mayReadEnvironment =
  /^(packages\/(local|testing|runner)|packages\/[^/]+\/test|bench|scripts|apps\/web\/e2e)\/|\.config\.ts$|\.test\.tsx?$|-command\.ts$/;

/** One sentence for each import of a file that breaks the direction. */
export function findForbiddenImports(file: string, text: string): string[] {
  const part = partOf(file);
  const isTest = isTestFile(file);
  const findings: string[] = [];
  if (part?.startsWith("packages/") || part === "apps/api" || part === "workers") {
    if (!mayReadEnvironment.test(file) && text.includes("process.env")) findings.push(`${file}: reads process.env`);
  }
  if (!part) return findings;
  for (const specifier of importsOf(text)) {
    const own = /^@boardroom\/([a-z-]+)/.exec(specifier)?.[1];
    const allowed = [...(mayImport[part] ?? []), ...(isTest ? testsMayAlsoImport : [])];
    if (own && own !== nameOf(part) && !allowed.includes(own)) {
      findings.push(`${file}: ${part} may not import ${specifier}`);
    }
    if (
      specifier.startsWith(".") &&
      partOf(posix.join(posix.dirname(file), specifier)) !== part &&
      !isPlainFile(specifier)
    ) {
      findings.push(`${file}: ${specifier} leaves ${part}; import the package instead`);
    }
    const owner = onlyIn.find((rule) => rule.specifier.test(specifier));
    if (owner && owner.part !== part && owner.also !== part)
      findings.push(`${file}: ${specifier} may be imported only inside ${owner.part}`);
    if (part === "packages/contract" && !isTest && !contractMayUse.test(specifier)) {
      findings.push(`${file}: the contract imports only zod, not ${specifier}`);
    }
  }
  return findings;
}

const isTestFile = (file: string) => /\.test\.tsx?$|\/test\/|\/e2e\/|\/scripts\//.test(file);
const isPlainFile = (specifier: string) => /\.(json|md)$/.test(specifier);
const nameOf = (part: string) => part.split("/").at(-1);

function partOf(file: string): string | null {
  const match = /^(?:(?:apps|packages)\/[^/]+|workers|bench)(?=\/)/.exec(file);
  return match ? match[0] : null;
}

/** The specifiers of static, dynamic and re-exporting imports. */
export function importsOf(text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "");
  const patterns = [
    /^\s*(?:import|export)\b[^"'`;]*?\bfrom\s*["']([^"']+)["']/gm,
    /^\s*import\s*["']([^"']+)["']/gm,
    /\bimport\(\s*["']([^"']+)["']/g,
  ];
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] ?? ""));
}
