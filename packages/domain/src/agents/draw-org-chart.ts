import type { OrgNode } from "@boardroom/contract";

const box = { width: 200, height: 64, gapX: 24, gapY: 48, margin: 24 };
const maxChars = 26;

interface Placed {
  node: OrgNode;
  x: number;
  y: number;
  children: Placed[];
}

/** The org chart as an SVG image that follows the viewer's light or dark scheme. Every text in it is escaped. */
export function drawOrgChart(roots: readonly OrgNode[]): string {
  const state = { nextX: box.margin, depth: 0 };
  const placed = roots.map((root) => place(root, 0, state));
  const width = Math.max(state.nextX - box.gapX + box.margin, 320);
  const height = placed.length === 0 ? 120 : (state.depth + 1) * (box.height + box.gapY) - box.gapY + 2 * box.margin;
  const title = "Org chart";
  const content =
    placed.length === 0
      ? `<text class="sub" x="${width / 2}" y="64" text-anchor="middle">Nobody is hired yet.</text>`
      : placed.map(drawLines).join("") + placed.map(drawBoxes).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}">
<title>${title}</title>
<style>${style}</style>
<rect class="ground" width="100%" height="100%"/>
${content}
</svg>
`;
}

/** Leaves stand side by side, a manager in the middle above its reports. */
function place(node: OrgNode, depth: number, state: { nextX: number; depth: number }): Placed {
  state.depth = Math.max(state.depth, depth);
  const y = box.margin + depth * (box.height + box.gapY);
  const children = node.reports.map((report) => place(report, depth + 1, state));
  const [first, last] = [children[0], children.at(-1)];
  if (first && last) return { node, x: (first.x + last.x) / 2, y, children };
  const x = state.nextX;
  state.nextX += box.width + box.gapX;
  return { node, x, y, children };
}

function drawLines({ x, y, children }: Placed): string {
  const from = `${x + box.width / 2} ${y + box.height}`;
  const middle = y + box.height + box.gapY / 2;
  const lines = children.map(
    (child) => `<path class="line" d="M${from}V${middle}H${child.x + box.width / 2}V${child.y}"/>`,
  );
  return lines.join("") + children.map(drawLines).join("");
}

function drawBoxes({ node, x, y, children }: Placed): string {
  const isResting = node.status === "paused" || node.pausedAbove !== null;
  const state =
    node.pausedAbove && node.status !== "paused" ? `${node.pausedAbove.name} above is paused` : wordOf(node);
  return `<g transform="translate(${x} ${y})"${isResting ? ' class="resting"' : ""}>
<rect class="box" width="${box.width}" height="${box.height}" rx="10"/>
<circle class="${classOf(node)}" cx="16" cy="22" r="5"/>
<text class="name" x="30" y="27">${escapeXml(shorten(node.name))}</text>
<text class="sub" x="30" y="46">${escapeXml(shorten(`${node.title ?? node.role}, ${state}`, 30))}</text>
</g>${children.map(drawBoxes).join("")}`;
}

const wordOf = ({ status }: OrgNode): string => status.replaceAll("_", " ");

const classOf = ({ status }: OrgNode): string =>
  status === "running" ? "running" : status === "error" ? "bad" : status === "paused" ? "paused" : "idle";

function shorten(text: string, chars = maxChars): string {
  const all = [...text];
  return all.length > chars ? `${all.slice(0, chars - 1).join("")}…` : text;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text for an SVG: no markup, and none of the characters that XML doesn't know. */
function escapeXml(text: string): string {
  return text.replace(/[\p{Cc}\ufffe\uffff]/gu, "").replace(/[&<>"']/g, (each) => entities[each] ?? "");
}

const style = `.ground{fill:#fff}.box{fill:#fff;stroke:#c9ccd3}.line{fill:none;stroke:#9aa0ab}.name{fill:#16181d;font:600 14px system-ui,sans-serif}.sub{fill:#565c68;font:12px system-ui,sans-serif}.idle{fill:#8a909c}.running{fill:#2563eb}.paused{fill:#b45309}.bad{fill:#b91c1c}.resting .box{stroke-dasharray:4 4}@media (prefers-color-scheme:dark){.ground{fill:#111317}.box{fill:#191c22;stroke:#3a3f4a}.line{stroke:#5b616d}.name{fill:#eceef2}.sub{fill:#a7adb9}.running{fill:#60a5fa}.paused{fill:#f59e0b}.bad{fill:#f87171}}`;
