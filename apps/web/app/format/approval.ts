import { formatMoney } from "./money.ts";

export interface ApprovalText {
  /** What stands after the name of who asks. */
  ask: string;
  why: string | null;
  facts: [label: string, value: string][];
  onYes: string;
  onNo: string;
}

type Payload = Record<string, unknown>;

/** What an approval asks, in plain words, out of its payload. */
export function describeApproval(type: string, payload: Payload): ApprovalText {
  if (type === "hire_agent") return describeHire(payload);
  if (type === "approve_ceo_strategy" && payload.version === 1) return describePlan(payload);
  const title = text(payload, "title") ?? text(payload, "summary") ?? text(payload, "question");
  const ask = title ? `asks: ${title}` : (fallbackAsks[type] ?? "asks to go ahead");
  return {
    ask,
    why: text(payload, "description") ?? text(payload, "reason") ?? text(payload, "plan"),
    facts: otherFacts(payload),
    onYes: "Who asked is told yes and goes on.",
    onNo: "Nothing changes; who asked is told why.",
  };
}

function describePlan(payload: Payload): ApprovalText {
  const title = text(payload, "title");
  const count = (key: string, noun: string) => {
    const all = payload[key];
    const size = Array.isArray(all) ? all.length : 0;
    return `${size} ${noun}${size === 1 ? "" : "s"}`;
  };
  return {
    ask: title ? `proposes a plan: ${title}` : "proposes a plan",
    why: text(payload, "summary"),
    facts: [["Brings", `${count("agents", "agent")}, ${count("issues", "issue")}`]],
    onYes: "All of it is hired and begun.",
    onNo: "Nothing changes; who asked is told why.",
  };
}

const fallbackAsks: Record<string, string> = {
  approve_ceo_strategy: "asks to follow a strategy",
  budget_override_required: "asks to spend beyond the budget",
  request_board_approval: "asks to go ahead",
};

function describeHire(payload: Payload): ApprovalText {
  const name = text(payload, "name") ?? "an agent";
  const role = text(payload, "title") ?? text(payload, "role");
  const budget = payload.budgetMonthlyCents;
  const facts: ApprovalText["facts"] = [];
  const adapter = payload.adapterConfig;
  const url = isRecord(adapter) ? text(adapter, "url") : null;
  facts.push(["Budget", typeof budget === "number" ? `${formatMoney(budget)} a month` : "No limit"]);
  const kind = text(payload, "adapterType");
  if (url) facts.push(["Webhook", url]);
  else if (kind) facts.push(["Kind", spell(kind)]);
  return {
    ask: role && role !== "general" ? `asks to hire ${name} as ${role}` : `asks to hire ${name}`,
    why: text(payload, "reason") ?? text(payload, "capabilities"),
    facts,
    onYes: url ? `${name} is hired and gets a signing secret.` : `${name} is hired and runs on a machine of yours.`,
    onNo: "Nobody is hired; who asked is told why.",
  };
}

/** A field of a payload, as people read it: "budgetMonthlyCents" with 2500 as "Budget monthly" with "$25.00". */
export function showField(path: string, value: string): [label: string, value: string] {
  const name = path.replaceAll(".", " ");
  const cents = Number(value);
  if (!name.endsWith("Cents")) return [spell(name), value];
  return [spell(name.slice(0, -"Cents".length)), value === "" || Number.isNaN(cents) ? value : formatMoney(cents)];
}

const told = new Set(["title", "summary", "question", "description", "reason", "plan"]);

function otherFacts(payload: Payload): ApprovalText["facts"] {
  const facts: ApprovalText["facts"] = [];
  for (const [key, value] of Object.entries(payload)) {
    if (told.has(key) || value === null || typeof value === "object") continue;
    facts.push(showField(key, String(value)));
  }
  return facts;
}

/** "estimatedCost" as "Estimated cost". */
function spell(key: string): string {
  const words = key
    .replaceAll("_", " ")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function text(payload: Payload, key: string): string | null {
  const value = payload[key];
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

function isRecord(value: unknown): value is Payload {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
