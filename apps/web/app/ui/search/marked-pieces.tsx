import type { MarkedText } from "@boardroom/contract";
import { Fragment } from "react";

/** A text of which the server marked what was looked for. */
export function MarkedPieces({ pieces }: { pieces: MarkedText }) {
  return pieces.map(({ text, isMatch }, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other identity
    isMatch ? <mark key={at}>{text}</mark> : <Fragment key={at}>{text}</Fragment>,
  );
}
