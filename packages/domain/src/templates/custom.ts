import type { TemplateDraft } from "./template-draft.ts";

export const custom: TemplateDraft = {
  label: "Custom",
  summary: "An empty page: you say what it is for.",
  name: "",
  role: "general",
  title: "",
  icon: null,
  capabilities: "",
  budgetMonthlyCents: null,
  canCreateAgents: false,
  intervalSec: 3600,
  instructions: `# Who you are
Say in two sentences what this agent is for and who relies on it.

# How you work
- What it may decide by itself, and what it has to ask for.
- What good work looks like here.

# Hand over
What it leaves behind on an issue, and for whom.
`,
};
