/** What tells one template from the others; the rest is the same for all. */
export interface TemplateDraft {
  label: string;
  summary: string;
  name: string;
  role: string;
  title: string;
  icon: string | null;
  capabilities: string;
  budgetMonthlyCents: number | null;
  canCreateAgents: boolean;
  /** Between timer heartbeats. */
  intervalSec: number;
  /** Its AGENTS.md. */
  instructions: string;
}
