import type { RunLogPage } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import { useEffect, useState } from "react";
import { formatBytes, logPageBytes } from "../../format/bytes.ts";
import { useLogTail } from "../../live/use-log-tail.ts";

/** Of a log that is followed only so much is kept on the page. */
const mostChars = 1_000_000;

/** The log as it was written, by pieces; its last piece grows while the run goes on. */
export function RawLog({ page, path, isLive }: { page: RunLogPage; path: string; isLive: boolean }) {
  const isAtEnd = page.nextOffset >= page.totalBytes;
  const { content, totalBytes } = useGrowing(page, isLive && isAtEnd);
  const at = (offset: number) => `?view=log&offset=${Math.max(0, offset)}`;
  return (
    <div className="stack" data-tight>
      <div className="line">
        <span className="sub tabular">
          {totalBytes === 0
            ? "Nothing written"
            : `${formatBytes(page.offset)} to ${formatBytes(isAtEnd ? totalBytes : page.nextOffset)} of ${formatBytes(totalBytes)}`}
        </span>
        <span className="push line">
          {page.offset > 0 && (
            <Link className="button" data-kind="quiet" to={at(page.offset - logPageBytes)} rel="prev">
              Earlier
            </Link>
          )}
          {!isAtEnd && (
            <>
              <Link className="button" data-kind="quiet" to={at(page.nextOffset)} rel="next">
                Later
              </Link>
              <Link className="button" data-kind="quiet" to={at(page.totalBytes - logPageBytes)}>
                To the end
              </Link>
            </>
          )}
          {totalBytes > 0 && (
            <a className="button" href={`${path}/log.txt`} download>
              Download
            </a>
          )}
        </span>
      </div>
      {content === "" ? (
        <p className="muted">{isLive ? "Nothing written yet." : "It ended without writing a log."}</p>
      ) : (
        <pre className="raw-log">{content}</pre>
      )}
    </div>
  );
}

/** The piece with what is written after it. */
function useGrowing(page: RunLogPage, isOn: boolean) {
  const [grown, setGrown] = useState({ content: page.content, nextOffset: page.nextOffset });
  useEffect(() => setGrown({ content: page.content, nextOffset: page.nextOffset }), [page]);
  useLogTail({
    runId: page.runId,
    isOn,
    offset: grown.nextOffset,
    onEnd: () => undefined,
    onLog: ({ offset, content }) =>
      setGrown((known) => {
        // What is told again after a reconnect is known already.
        if (offset < known.nextOffset) return known;
        const bytes = new TextEncoder().encode(content).length;
        return { content: (known.content + content).slice(-mostChars), nextOffset: offset + bytes };
      }),
  });
  return { content: grown.content, totalBytes: Math.max(page.totalBytes, grown.nextOffset) };
}
