import { Fragment } from "react";
import { splitLinks } from "../format/autolink.ts";

/** Text as it was written: lines kept, https addresses linked, nothing else interpreted. */
export function PlainText({ text }: { text: string }) {
  return (
    <p className="plain-text">
      {splitLinks(text).map((part, at) =>
        part.kind === "link" ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other identity
          <a key={at} href={part.href} rel="noopener noreferrer nofollow" target="_blank">
            {part.href}
          </a>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other identity
          <Fragment key={at}>{part.text}</Fragment>
        ),
      )}
    </p>
  );
}
