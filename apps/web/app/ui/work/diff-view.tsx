import { type DiffFile, type DiffHunk, parseDiff } from "../../format/diff.ts";
import { showHidden } from "../../format/show-hidden.ts";
import { Tag } from "../notice.tsx";
import { LineCounts } from "./line-counts.tsx";

/** Files with more changed lines than this are folded at first. */
const longFile = 200;
const openFiles = 10;

/** A patch file by file: lines with their sign and colour, long files folded, wide lines scrolled inside. */
export function DiffView({ patch, isCut }: { patch: string; isCut: boolean }) {
  const files = parseDiff(patch);
  if (files.length === 0) return <p className="muted">Nothing differs.</p>;
  return (
    <div className="stack">
      {files.map((file, at) => (
        <File key={file.path} file={file} isOpen={at < openFiles && file.added + file.removed <= longFile} />
      ))}
      {isCut && <p className="sub">The rest was too large to keep. The branch has all of it.</p>}
    </div>
  );
}

function File({ file, isOpen }: { file: DiffFile; isOpen: boolean }) {
  return (
    <details className="diff-file" open={isOpen || undefined}>
      <summary>
        <code className="diff-path">{showHidden(file.path)}</code>
        {file.change !== "changed" && <Tag>{file.change}</Tag>}
        <LineCounts added={file.added} removed={file.removed} />
      </summary>
      {file.from && <p className="sub diff-note">From {file.from}</p>}
      {file.isBinary && <p className="sub diff-note">A binary file.</p>}
      {file.hunks.map((hunk, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a patch never changes
        <Hunk key={at} hunk={hunk} path={file.path} at={at + 1} />
      ))}
    </details>
  );
}

const signs = { added: "+", removed: "-", same: " " } as const;

function Hunk({ hunk, path, at }: { hunk: DiffHunk; path: string; at: number }) {
  const first = hunk.lines.find(({ after, before }) => after ?? before);
  return (
    <details className="hunk" open>
      <summary>
        Line {first?.after ?? first?.before ?? 0}
        {hunk.heading && <code className="clip">{hunk.heading}</code>}
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section className="diff-scroll" tabIndex={0} aria-label={`Change ${at} of ${path}`}>
        <div className="diff-lines">
          {hunk.lines.map(({ kind, text, before, after }, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a patch never changes
            <div key={line} data-kind={kind}>
              <span className="diff-number" aria-hidden="true">
                {after ?? before}
              </span>
              <span>
                {signs[kind]}
                {showHidden(text)}
              </span>
            </div>
          ))}
        </div>
      </section>
    </details>
  );
}
