import { operationIds, operations, permissions, type Standing, standings } from "@boardroom/contract";

const headings: Record<Standing, string> = {
  owner: "owner",
  admin: "admin",
  operator: "operator",
  viewer: "viewer",
  agent_concerned: "agent concerned",
  agent_above: "agent above",
  agent_other: "other agent",
  runner: "machine",
  public: "anybody",
};

/** The page that says who may call what, made from the contract's table. */
export function permissionsPage(): string {
  const tags = [...new Set(operationIds.map((id) => operations[id].tag))];
  return `${intro}\n${tags.map(section).join("\n")}`;
}

const intro = `# Who may do what

Made from the contract by \`npm run generate\`; a test tries every cell, both ways. Members have one role in each company. An agent is
*concerned* where a thing belongs to it: itself, the issue that it works on or asked for, its goal, project, routine, run or cost, what it
wrote or proposed; *above* is whoever stands over that agent in the chain of command. A key with scopes may do less than its owner.
What the state of things adds is not in the table: an issue that another run holds can't be checked out by anybody.
`;

function section(tag: string): string {
  const rows = operationIds.filter((id) => operations[id].tag === tag).map(row);
  const cells = standings.map((standing) => headings[standing]).join(" | ");
  return `## ${tag}\n\n| | ${cells} |\n|---|${standings.map(() => ":-:|").join("")}\n${rows.join("\n")}\n`;
}

function row(id: (typeof operationIds)[number]): string {
  const { method, path } = operations[id];
  const cells = standings.map((standing) => (permissions[id][standing] ? "●" : "")).join(" | ");
  return `| \`${method} ${path}\` | ${cells} |`;
}
