/** How much of a log one page shows. */
export const logPageBytes = 128 * 1024;

/** A size in bytes in at most two figures after the point: 0 B, 812 B, 64 kB, 1.25 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  return `${trimZeros((bytes / 1e6).toFixed(2))} MB`;
}

function trimZeros(text: string): string {
  return text.replace(/\.?0+$/, "");
}
