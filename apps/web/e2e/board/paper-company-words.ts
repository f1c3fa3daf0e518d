import type { AgentDraft, IssueStatus, issuePriorities, RunResult } from "@boardroom/contract";

type AgentWords = Pick<AgentDraft, "title" | "role" | "capabilities" | "budgetMonthlyCents" | "permissions"> & {
  name: string;
  reportsTo?: string;
};

export const agentsOf: readonly AgentWords[] = [
  {
    name: "Ada Moreau",
    title: "Head of sales",
    role: "ceo",
    capabilities: "Plans the week, hands out the work and writes to shops.",
    budgetMonthlyCents: 12_000,
    permissions: { canCreateAgents: true },
  },
  {
    name: "Jonas Weber",
    title: "Researcher",
    role: "researcher",
    capabilities: "Finds shops and the people who buy for them.",
    budgetMonthlyCents: 8000,
    reportsTo: "Ada Moreau",
  },
  {
    name: "Mira Okafor",
    title: "Catalogue editor",
    role: "editor",
    capabilities: "Writes product texts and keeps the price list right.",
    budgetMonthlyCents: 6000,
    reportsTo: "Ada Moreau",
  },
];

/** What the head of sales proposes. */
export const hireOf = {
  name: "Felix Brandt",
  title: "Print buyer",
  capabilities: "Compares print quotes and books press time. A third of my budget goes into this today.",
  budgetMonthlyCents: 6000,
  adapterConfig: { url: "https://agents.northwind-paper.com/felix" },
};

export interface Cost {
  model: string;
  costCents: number;
  inputTokens: number;
  outputTokens: number;
  /** What the run reports on its way. */
  steps: readonly string[];
}

interface IssueWords {
  title: string;
  description: string;
  status: Extract<IssueStatus, "backlog" | "todo" | "in_progress" | "in_review" | "blocked" | "done">;
  priority: (typeof issuePriorities)[number];
  to?: string;
  says: readonly string[];
  cost: Cost;
  ends: Partial<RunResult> & { status: "succeeded" | "failed" };
}

const nothing = { model: "", costCents: 0, inputTokens: 0, outputTokens: 0, steps: [] };
const waiting = { says: [], cost: nothing, ends: { status: "succeeded" } } as const;

export const issuesOf: readonly IssueWords[] = [
  {
    title: "Collect the prices of four recycled papers",
    description: "Per ream, with delivery to Lyon. Two suppliers each.",
    status: "done",
    priority: "medium",
    to: "Jonas Weber",
    says: ["Eight quotes, all valid until the end of the month. The cheapest delivers on Thursdays only."],
    cost: {
      model: "claude-sonnet-4-5",
      costCents: 212,
      inputTokens: 84_200,
      outputTokens: 6100,
      steps: [
        "Four papers are named in the brief: 80, 90, 120 and 160 g, all recycled.",
        "Read the price lists of six suppliers.",
        "Two suppliers quote per pallet; converted to a ream of 500.",
        "Wrote the table with eight quotes and their dates.",
      ],
    },
    ends: {
      status: "succeeded",
      summary: "Eight quotes for four papers. Ravier is cheapest for 90 g, Dauphin for the rest.",
    },
  },
  {
    title: "Rewrite the texts of the notebook range",
    description: "Twelve products. Say what the paper feels like and what it is good for.",
    status: "in_review",
    priority: "medium",
    to: "Mira Okafor",
    says: ["All twelve are in the sheet. I shortened the A5 dotted one most, it repeated the A4 text."],
    cost: {
      model: "claude-sonnet-4-5",
      costCents: 347,
      inputTokens: 61_000,
      outputTokens: 14_800,
      steps: ["The returns of last year say what the old texts left out.", "Wrote twelve texts of sixty words each."],
    },
    ends: { status: "succeeded", summary: "Twelve texts, ready to be read." },
  },
  {
    title: "Book press time for the spring catalogue",
    description: "2,400 copies, 48 pages, in week 9.",
    status: "blocked",
    priority: "high",
    to: "Ada Moreau",
    says: ["Blocked: the printer wants the final page count, and that waits for the notebook texts."],
    cost: {
      model: "claude-opus-4-5",
      costCents: 518,
      inputTokens: 42_000,
      outputTokens: 5200,
      steps: ["Week 9 needs a press for two days.", "Asked three printers; only Imprimerie Faure is free then."],
    },
    ends: { status: "succeeded", summary: "One printer has time in week 9. The page count is missing." },
  },
  {
    title: "Find thirty stationery shops around Lyon",
    description:
      "Independent shops that sell paper by weight or design. For each: the name of who buys, how to reach them, and what they sell today.",
    status: "in_progress",
    priority: "high",
    to: "Jonas Weber",
    says: [
      "Twelve of thirty so far. Three of them buy through the same cooperative, so I count them once.",
      "Twenty-one now. Keller & Fils asked who their contact at our place is. @ada-moreau, is that you?",
    ],
    cost: {
      model: "claude-sonnet-4-5",
      costCents: 486,
      inputTokens: 143_000,
      outputTokens: 11_300,
      steps: ["Start with the directory of the chamber of trade.", "Checked 64 websites for paper by weight."],
    },
    ends: { status: "succeeded" },
  },
  {
    title: "Write to the shops that ordered once",
    description: "A short letter with the spring range. Nobody gets it twice.",
    status: "todo",
    priority: "medium",
    ...waiting,
  },
  {
    title: "Check the price list for rounding errors",
    description: "Prices with tax end in odd cents since January.",
    status: "todo",
    priority: "low",
    ...waiting,
  },
  {
    title: "Photograph the envelope samples",
    description: "Daylight, the same grey table as last year.",
    status: "backlog",
    priority: "low",
    ...waiting,
  },
];
