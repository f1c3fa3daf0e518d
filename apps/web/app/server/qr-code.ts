import { encode } from "uqr";

/** A QR code as one SVG path: dark squares of one unit, in a square of `size` units with its quiet border. */
export interface QrCode {
  size: number;
  path: string;
}

const quietUnits = 4;

export function toQrCode(text: string): QrCode {
  const { data, size } = encode(text, { ecc: "M", border: quietUnits });
  const rows = data.map((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")).join(""));
  return { size, path: rows.join("") };
}
