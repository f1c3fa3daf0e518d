import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const root = new URL("../..", import.meta.url).pathname;

/** What is deployed, gzipped. */
export async function printBundleSizes(print: (line: string) => void): Promise<void> {
  const folder = join(root, "dist/worker");
  const files = (await readdir(folder, { recursive: true })).filter(
    (file) => file.endsWith(".js") || file.endsWith(".wasm"),
  );
  const sizes = await Promise.all(
    files.map(async (file) => gzipSync(await readFile(join(folder, file)), { level: 9 }).length),
  );
  print(`Worker bundle: ${kilobytes(sizes.reduce((sum, size) => sum + size, 0))} kB gz in ${files.length} files`);
}

const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);
