select boardroom_protect(t::regclass) from unnest(array['agent_config_revisions', 'agent_instructions']) t;
--> statement-breakpoint
-- The version in force is one that is kept.
alter table agents add constraint agents_instructions foreign key (company_id, id, instructions_version)
  references agent_instructions (company_id, agent_id, version);
--> statement-breakpoint
-- Agents that were there before have no first version to go back to but what they are now.
insert into agent_config_revisions (company_id, agent_id, source, changed_keys, before_config, after_config, created_by_name)
select company_id, id, 'baseline', '{}', '{}', jsonb_build_object('name', name, 'role', role, 'title', title, 'icon', icon,
  'reportsTo', reports_to, 'capabilities', capabilities, 'adapterType', adapter_type, 'adapterConfig', adapter_config,
  'runtimeConfig', runtime_config, 'contextMode', context_mode, 'budgetMonthlyCents', budget_monthly_cents,
  'permissions', permissions, 'metadata', metadata, 'instructionsVersion', instructions_version), 'Boardroom'
from agents where status <> 'terminated';
