import { BoardroomError, type ErrorCode } from "@boardroom/contract/errors";

/** What a violated constraint means to the caller. */
const constraints: Record<string, [ErrorCode, string]> = {
  companies_issue_prefix_unique: ["already_exists", "This issue prefix is taken. Choose another one."],
  agents_url_key: ["already_exists", "An agent of this name exists already. Choose another name."],
  labels_name: ["already_exists", "A label of this name exists already."],
  milestones_name: ["already_exists", "The project has a milestone of this name already."],
  agents_manager: ["invalid_reference", "The manager is not an agent of this company."],
  goals_parent_goal: ["invalid_reference", "The parent goal is not one of this company."],
  goals_owner_agent: ["invalid_reference", "The owner is not an agent of this company."],
  projects_lead_agent: ["invalid_reference", "The lead is not an agent of this company."],
  project_goals_goal_row: ["invalid_reference", "A goal is not one of this company."],
  issues_parent_issue: ["invalid_reference", "The parent is not an issue of this company."],
  issues_in_project: ["invalid_reference", "The project is not one of this company."],
  issues_in_milestone: ["invalid_reference", "The milestone is not one of the issue's project."],
  issues_for_goal: ["invalid_reference", "The goal is not one of this company."],
  issues_assignee_agent: ["invalid_reference", "The assignee is not an agent of this company."],
  routines_in_project: ["invalid_reference", "The project is not one of this company."],
  routines_for_goal: ["invalid_reference", "The goal is not one of this company."],
  routines_assignee_agent: ["invalid_reference", "The assignee is not an agent of this company."],
  issue_labels_label_row: ["invalid_reference", "A label is not one of this company."],
  wakes_of_issue: ["invalid_reference", "The issue is not one of this company."],
  secrets_key: ["already_exists", "A secret of this key exists already. Choose another key, or rotate that one."],
  secret_agents_agent: ["invalid_reference", "An agent is not one of this company."],
  secret_projects_project: ["invalid_reference", "A project is not one of this company."],
  company_skills_key: ["already_exists", "A skill of this key exists already."],
  issue_interactions_once: ["already_exists", "This was asked on the issue already."],
  project_workspaces_on_runner: ["invalid_reference", "The runner is not one of this company."],
  tool_rules_of_agent: ["invalid_reference", "The agent is not one of this company."],
  budget_policies_one: ["already_exists", "There is such a budget already. Change that one."],
  budget_policies_of_agent: ["invalid_reference", "The agent is not one of this company."],
  budget_policies_of_project: ["invalid_reference", "The project is not one of this company."],
  cost_events_of_agent: ["invalid_reference", "The agent is not one of this company."],
};

const uniqueViolation = "23505";
const foreignKeyViolation = "23503";
/** Lock not available, serialization failure, deadlock, too many connections, shutting down, starting up. */
const passing = new Set(["55P03", "40001", "40P01", "53300", "57P01", "57P02", "57P03"]);

interface DatabaseFault {
  code?: string;
  constraint?: string;
  message: string;
  detail?: string;
}

/** The database's own error below drizzle's and the driver's wrappers. */
export function databaseFault(error: unknown): DatabaseFault | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string" && at.code !== "") return at as DatabaseFault;
  }
  return null;
}

/** Whether an error is a violation of this unique constraint. */
export function violates(error: unknown, constraint: string): boolean {
  const fault = error instanceof BoardroomError ? databaseFault(error.cause) : databaseFault(error);
  return fault?.code === uniqueViolation && fault.constraint === constraint;
}

/** Whether an error is a violation of any unique constraint. */
export function violatesUnique(error: unknown): boolean {
  return databaseFault(error instanceof BoardroomError ? error.cause : error)?.code === uniqueViolation;
}

/** Turns an error of the database into one of ours; what we don't know stays as it is and becomes a 500. */
export function translateDatabaseError(error: unknown): unknown {
  const fault = databaseFault(error);
  if (!fault)
    return isConnectionError(error) ? wrap("unavailable", "The database can't be reached. Try again.", error) : error;
  const known = constraints[fault.constraint ?? ""];
  const isReferenced = fault.code === foreignKeyViolation && fault.message.startsWith("update or delete");
  if (isReferenced) return wrap("conflict", "Something else still refers to this. Remove that first.", error);
  if (known && (fault.code === uniqueViolation || fault.code === foreignKeyViolation)) return wrap(...known, error);
  if (fault.code === foreignKeyViolation)
    return wrap("invalid_reference", "Something referred to doesn't exist.", error);
  if (fault.code && passing.has(fault.code)) return wrap("unavailable", "The database is busy. Try again.", error);
  return error;
}

function wrap(code: ErrorCode, message: string, cause: unknown): BoardroomError {
  const wrapped = new BoardroomError(code, message);
  wrapped.cause = cause;
  return wrapped;
}

function isConnectionError(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at.message.startsWith("Error connecting to database")) return true;
  }
  return false;
}
