// Prints the gzipped JavaScript that a first visit to each route loads: entry, root, its layout and itself.
// Exits with 1 when one is over the limit. Run after `remix vite:build`.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const limitBytes = 130 * 1024;
const client = fileURLToPath(new URL("../build/client", import.meta.url));

const manifestFile = readdirSync(join(client, "assets")).find((name) => /^manifest-.*\.js$/.test(name));
if (!manifestFile) throw new Error("No build found: run `remix vite:build` in apps/web first");
const source = readFileSync(join(client, "assets", manifestFile), "utf8");
const manifest = JSON.parse(source.slice(source.indexOf("{"), source.lastIndexOf("}") + 1));

const sizes = new Map();
function gzipBytes(url) {
  const known = sizes.get(url);
  if (known !== undefined) return known;
  const bytes = gzipSync(readFileSync(join(client, url))).length;
  sizes.set(url, bytes);
  return bytes;
}

const modulesOf = ({ module, imports = [] }) => [module, ...imports];

/** The files of a route and of everything above it. */
function filesOf(route) {
  const files = new Set([...modulesOf(manifest.entry), `/assets/${manifestFile}`]);
  for (let at = route; at; at = manifest.routes[at.parentId]) for (const file of modulesOf(at)) files.add(file);
  return files;
}

const rows = Object.values(manifest.routes)
  .map((route) => ({ id: route.id, bytes: [...filesOf(route)].reduce((sum, file) => sum + gzipBytes(file), 0) }))
  .sort((a, b) => b.bytes - a.bytes);

const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} kB`.padStart(9);
const entryBytes = modulesOf(manifest.entry).reduce((sum, file) => sum + gzipBytes(file), 0);
process.stdout.write(`${kilobytes(entryBytes)}  entry (React, Remix)\n`);
for (const { id, bytes } of rows) process.stdout.write(`${kilobytes(bytes)}  ${id}\n`);
const css = readdirSync(join(client, "assets")).filter((name) => name.endsWith(".css"));
for (const name of css) process.stdout.write(`${kilobytes(gzipBytes(`/assets/${name}`))}  ${name}\n`);
const worst = rows[0];
if (worst && worst.bytes > limitBytes) {
  process.stderr.write(`${worst.id} loads more than ${limitBytes / 1024} kB of JavaScript\n`);
  process.exit(1);
}
