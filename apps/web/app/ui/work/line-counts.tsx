/** "+12 −3" */
export function LineCounts({ added, removed }: { added: number; removed: number }) {
  return (
    <span className="line-counts tabular">
      <span data-tone="good">
        +{added}
        <span className="visually-hidden"> lines added</span>
      </span>
      <span data-tone="bad">
        −{removed}
        <span className="visually-hidden"> lines removed</span>
      </span>
    </span>
  );
}
