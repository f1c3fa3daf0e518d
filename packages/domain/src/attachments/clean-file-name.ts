const maxChars = 200;
const maxExtensionChars = 20;
/** Controls, and what turns text around or hides in it. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** What some system takes for a path, a drive, a pattern or a redirection. */
const special = /["*:<>?|]/g;

/** A name under which a file can be shown and stored anywhere, whatever was sent: no path, nothing unseen, not too long. */
export function cleanFileName(sent: string): string {
  const base = sent
    .toWellFormed()
    .normalize("NFC")
    .replace(/^.*[/\\]/s, "");
  const clean = base
    .replace(unseen, "")
    .replace(special, "_")
    .replace(/\s+/g, " ")
    .replace(/^[\s.]+|[\s.]+$/g, "");
  return shorten(clean) || "file";
}

/** The extension says what to open it with, so it stays. */
function shorten(name: string): string {
  const chars = [...name];
  if (chars.length <= maxChars) return name;
  const dot = chars.lastIndexOf(".");
  const extension = dot > 0 && chars.length - dot <= maxExtensionChars ? chars.slice(dot) : [];
  return [...chars.slice(0, maxChars - extension.length), ...extension].join("");
}
