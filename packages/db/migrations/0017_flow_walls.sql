select boardroom_protect(t::regclass) from unnest(array[
  'issue_tree_holds', 'issue_tree_hold_issues', 'issue_review_stages', 'issue_criteria']) t;
--> statement-breakpoint
-- The tick finds companies with questions that nobody answered, and a call its company.
select boardroom_open_to_system(t::regclass, 'select') from unnest(array['issue_tree_holds', 'issue_review_stages', 'issue_criteria']) t;
