import { formatMoney } from "./money.ts";

type Details = Record<string, unknown>;

/** What a board decides about people, money and its own rules, in the words of the log; `%` is the thing. */
export const boardSentences: Record<string, (details: Details) => string> = {
  "agent.config_rolled_back": () => "took % back to an earlier version",
  "agent.instructions_changed": () => "changed the instructions of %",
  "approval.approved": () => "approved %",
  "approval.cancelled": () => "withdrew %",
  "approval.effect_refused": () => "could not carry % out",
  "approval.escalated": () => "saw % wait too long",
  "approval.expired": () => "saw % expire",
  "approval.linked": () => "linked % to an issue",
  "approval.rejected": () => "rejected %",
  "approval.resubmitted": () => "came back with %",
  "approval.took_effect": () => "carried % out",
  "approval.undone": () => "took the yes on % back",
  "approval.unlinked": () => "unlinked % from an issue",
  "approval.voted": ({ approves }) => `voted ${approves === false ? "against" : "for"} %`,
  "budget_incident.dismiss": () => "let a budget's warning pass",
  "budget_incident.keep_paused": () => "kept stopped what a budget had stopped",
  "budget_incident.raise_budget_and_resume": () => "raised a budget and let the work go on",
  "budget_incident.raised": ({ amountCents }) => `raised a budget${amount(amountCents, " to ")}`,
  "budget_policy.changed": ({ to }) => `changed a budget${amount(to, " to ")}`,
  "budget_policy.created": ({ amountCents, window }) => `set a budget${amount(amountCents, " of ")}${span(window)}`,
  "budget_policy.deleted": () => "removed a budget",
  "company_budget.alert": () => "found the company's budget nearly used up",
  "company_budget.exhausted": () => "found the company's budget used up",
  "decision.snoozed": ({ until }) => (until === null ? "took a decision up again" : "put a decision off"),
  "decision_policy.set": () => "changed who decides",
  "invite.created": ({ email, isOpen }) =>
    typeof email === "string" ? `invited ${email}` : isOpen === true ? "made an open link to join" : "made an invite",
  "invite.resent": ({ email }) => `renewed the invite${typeof email === "string" ? ` of ${email}` : ""}`,
  "invite.revoked": ({ email }) => `withdrew the invite${typeof email === "string" ? ` of ${email}` : ""}`,
  "issue.handed_back": () => "gave % to the manager of who left",
  "issue.unassigned": () => "left % without an assignee",
  "join_request.approved": () => "let % in",
  "join_request.created": () => "asked to join",
  "join_request.rejected": () => "did not let % in",
  "label.merged": ({ into }) => `merged the label %${typeof into === "string" ? ` into ${into}` : ""}`,
  "member.joined": () => "joined",
  "member.left": () => "left the company",
  "member.removed": () => "removed % from the company",
  "member.role_changed": ({ to }) => `made % ${typeof to === "string" ? to : "something else"}`,
  "model_price.deleted": () => "removed the price of a model",
  "model_price.set": ({ model }) => `set the price of ${typeof model === "string" ? model : "a model"}`,
  "notifications.preferred": () => "chose what to hear of",
  "notifications.unsubscribed": () => "unsubscribed from mails",
  "project_budget.alert": () => "found the budget of % nearly used up",
  "project_budget.exhausted": () => "found the budget of % used up",
  "push_subscription.created": () => "let a device take pushes",
  "push_subscription.deleted": () => "took a device off the pushes",
};

const amount = (cents: unknown, word: string): string => (typeof cents === "number" ? word + formatMoney(cents) : "");

const spans: Record<string, string> = { day: " a day", week: " a week", month: " a month" };
const span = (window: unknown): string => (typeof window === "string" ? (spans[window] ?? "") : "");
