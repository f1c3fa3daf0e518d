/** Initials in a square for agents, in a circle for people. */
export function Avatar({ name, person, size }: { name: string; person?: boolean; size?: 28 }) {
  return (
    <span className="avatar" data-round={person || undefined} data-size={size} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const [first = "", second = ""] = name.trim().split(/\s+/);
  return (second ? `${[...first][0] ?? ""}${[...second][0] ?? ""}` : [...first].slice(0, 2).join("")).toUpperCase();
}
