const encoder = new TextEncoder();
/** A line of a secret of several lines is one by itself when it is this long. */
const longestHarmlessLine = 15;
/** Less of it in base64 stands in texts by chance. */
const shortestBase64 = 8;

/** Every way in which texts hold a value: as it is, its lines, as JSON and URLs write it, in base64 and in hex. */
export function writtenForms(value: string): string[] {
  const lines = value.split(/[\r\n]+/).filter(({ length }) => length > longestHarmlessLine);
  const bytes = encoder.encode(value);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const base64 = [0, 1, 2].map((before) => base64Core(bytes, before)).filter(({ length }) => length >= shortestBase64);
  return [
    value,
    ...lines,
    asJson(value),
    asJson(asJson(value)),
    ...asUrl(value),
    ...base64,
    ...base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
    hex,
    hex.toUpperCase(),
  ];
}

const asJson = (value: string) => JSON.stringify(value).slice(1, -1);

function asUrl(value: string): string[] {
  if (!value.isWellFormed()) return [];
  const encoded = encodeURIComponent(value);
  return [
    encoded,
    encodeURI(value),
    encoded.replaceAll("%20", "+"),
    new URLSearchParams([["", value]]).toString().slice(1),
  ];
}

/** What base64 holds of the bytes for sure when so many other bytes stand before them, and any behind. */
function base64Core(bytes: Uint8Array, before: number): string {
  const padded = new Uint8Array(before + bytes.length);
  padded.set(bytes, before);
  const text = btoa(Array.from(padded, (byte) => String.fromCharCode(byte)).join(""));
  return text.slice(Math.ceil((before * 8) / 6), Math.floor((padded.length * 8) / 6));
}
