import type { AgentDraft } from "@boardroom/contract";

/** Who works in the demo company. All of it says that it is a demo; no model runs anywhere. */
export const demoUser = { name: "Demo visitor", email: "demo@boardroom.local", password: "boardroom-demo" };

export const demoCompany = {
  name: "Demo Bakery",
  issuePrefix: "DEMO",
  description: "A made-up company that a small scripted agent keeps moving. Try everything here; nothing is real.",
  budgetMonthlyCents: 5000,
};

export const demoGoal = {
  title: "Open the second shop by spring",
  description: "Recipes that scale, a menu that sells, a team that knows what to do next. (Demo)",
};

export const demoProject = { name: "Shop on Harbour Street", description: "Everything for the new shop. (Demo)" };

/** Steps of the demo's project; the first issues stand in them, in turn. */
export const demoMilestones = [
  { name: "Recipes ready", description: "Everything that is sold can be baked in the new oven. (Demo)", dueInDays: 30 },
  { name: "Doors open", description: "The first customer is served. (Demo)", dueInDays: 90 },
];

/** A founder proposes how its company begins; the others are hired by the board or by such a plan. */
export type DemoRole = "lead" | "worker" | "founder";

export interface DemoAgent extends Pick<AgentDraft, "name" | "title" | "capabilities"> {
  role: DemoRole;
  /** Its monthly budget; the demo ends itself when it is used up. */
  budgetMonthlyCents: number;
  costCents: number;
}

export const demoAgents: readonly DemoAgent[] = [
  {
    name: "Rosa Demo",
    title: "Demo agent: plans the week",
    role: "lead",
    capabilities: "Looks every minute whether the others have work, and writes the next issue. Scripted.",
    budgetMonthlyCents: 400,
    costCents: 0.5,
  },
  {
    name: "Bruno Demo",
    title: "Demo agent: recipes",
    role: "worker",
    capabilities: "Pretends to work out recipes: comments, reports a cost, finishes. Scripted.",
    budgetMonthlyCents: 600,
    costCents: 4.2,
  },
  {
    name: "Ines Demo",
    title: "Demo agent: menu and shop",
    role: "worker",
    capabilities: "Pretends to write menus and notices: comments, reports a cost, finishes. Scripted.",
    budgetMonthlyCents: 600,
    costCents: 3.6,
  },
];

/** The issue that the lead always has open, so that its timer finds work. */
export const planningIssue = {
  title: "Keep the team busy (demo)",
  description: "Rosa looks here every minute. Pause her on her page, and the demo stands still.",
};

/** What the lead hands out, in turn. */
export const demoTasks: readonly { title: string; description: string; to: string }[] = [
  { title: "Scale the rye sourdough to 80 loaves", description: "Same crust, same price.", to: "Bruno Demo" },
  { title: "Write the opening menu", description: "Twelve items, one page.", to: "Ines Demo" },
  { title: "Cost the almond croissant", description: "Butter went up. What must it cost?", to: "Bruno Demo" },
  { title: "Draft the notice for the window", description: "Short, friendly, with the date.", to: "Ines Demo" },
  { title: "Plan the first week's flour order", description: "With two days in reserve.", to: "Bruno Demo" },
  { title: "Answer the neighbours' questions", description: "Noise, deliveries, opening hours.", to: "Ines Demo" },
  { title: "Test the oven's second deck", description: "Write down time and temperature.", to: "Bruno Demo" },
  { title: "Name the seasonal bun", description: "Three proposals, one favourite.", to: "Ines Demo" },
];

/** The pace: at most this many open issues at once, and this many new ones a day. */
export const maxOpenTasks = 2;
export const maxTasksPerDay = 48;
