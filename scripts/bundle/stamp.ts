import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const folder = "dist/stamps";

/** The hash that the last build of this part was made from. */
export function readStamp(part: string): string | null {
  const file = `${folder}/${part}`;
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

export function writeStamp(part: string, hash: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${part}`, hash);
}
