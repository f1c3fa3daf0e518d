/** The sign of Boardroom: a table and the seat at its head. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 20 20" fill="none" aria-hidden="true">
      <rect x="3" y="7.5" width="14" height="9.5" rx="3.5" stroke="currentColor" strokeWidth="2" />
      <circle cx="10" cy="3.25" r="1.9" fill="currentColor" />
    </svg>
  );
}
