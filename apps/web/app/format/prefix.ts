/** Suggests an issue prefix for a company's name: initials of several words, else the first letters. */
export function suggestPrefix(name: string): string {
  const words = name
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .map((word) => word.replace(/^[0-9]+/, ""))
    .filter((word) => word !== "");
  const [first = "", ...rest] = words;
  if (rest.length === 0) return first.length < 2 ? "" : first.slice(0, 4);
  if (first.length >= 3 && first.length <= 5) return first;
  return words
    .map((word) => word[0])
    .join("")
    .slice(0, 5);
}
