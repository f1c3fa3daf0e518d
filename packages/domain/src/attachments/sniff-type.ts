/** So many bytes of the beginning tell what a file is. */
export const sniffedBytes = 4096;

/** What files of a kind begin with; `??` is any byte. */
const signatures: readonly (readonly [start: string, type: string])[] = [
  ["89504e470d0a1a0a", "image/png"],
  ["ffd8ff", "image/jpeg"],
  ["474946383761", "image/gif"],
  ["474946383961", "image/gif"],
  ["52494646????????57454250", "image/webp"],
  ["52494646????????57415645", "audio/wav"],
  ["????????6674797061766966", "image/avif"],
  ["????????66747970", "video/mp4"],
  ["1a45dfa3", "video/webm"],
  ["4f676753", "audio/ogg"],
  ["494433", "audio/mpeg"],
  ["255044462d", "application/pdf"],
  ["504b0304", "application/zip"],
  ["504b0506", "application/zip"],
  ["1f8b", "application/gzip"],
  ["377abcaf271c", "application/x-7z-compressed"],
];

/** Texts of which it matters what kind they are; any other is plain text, so that nothing ever runs it. */
const textTypes: Record<string, string> = { md: "text/markdown", csv: "text/csv", json: "application/json" };

/** What the bytes at the beginning of a file are. Its name only says which kind of text it is. */
export function sniffType(head: Uint8Array, fileName: string): string {
  const hex = Array.from(head.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const known = signatures.find(([start]) => new RegExp(`^${start.replaceAll("?", ".")}`).test(hex));
  if (known) return known[1];
  if (!isText(head)) return "application/octet-stream";
  return textTypes[extensionOf(fileName)] ?? "text/plain";
}

export const extensionOf = (fileName: string): string => /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? "";

/** UTF-8 without the controls that no text has; the last character may be cut. */
function isText(head: Uint8Array): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(head, { stream: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    return !/[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f]/.test(text);
  } catch {
    return false;
  }
}
