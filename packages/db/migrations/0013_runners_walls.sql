select boardroom_protect(t::regclass) from unnest(array[
  'runners', 'runner_codes', 'environment_tests', 'project_workspaces', 'execution_workspaces', 'workspace_operations',
  'work_products', 'issue_interactions', 'tool_rules', 'tool_approvals', 'company_skills']) t;
--> statement-breakpoint
-- A device finds its company by the code that it was given, and later by its own id.
select boardroom_open_to_system(t::regclass, 'select') from unnest(array[
  'runners', 'runner_codes', 'tool_rules', 'tool_approvals', 'project_workspaces', 'execution_workspaces', 'company_skills',
  'issue_interactions', 'work_products']) t;
