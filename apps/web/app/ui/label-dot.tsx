import type { Label } from "@boardroom/contract";

/** A label's colour as a dot with a ring, so that any colour is seen on any ground; the name stands beside it as text. */
export function LabelDot({ color }: { color: string }) {
  return (
    <svg className="label-dot" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      <circle cx="5" cy="5" r="4.5" fill={color} />
    </svg>
  );
}

/** The labels of something by their names. */
export function LabelTags({ labels }: { labels: readonly Pick<Label, "id" | "name" | "color">[] }) {
  return labels.map(({ id, name, color }) => (
    <span className="label-tag" key={id}>
      <LabelDot color={color} />
      <span className="clip">{name}</span>
    </span>
  ));
}
