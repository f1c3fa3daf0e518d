-- Whatever changes an issue's state: entering review begins a round at its first stage, leaving it for more work ends the round.
create function begin_review_round() returns trigger language plpgsql as $$
begin
  update issue_review_stages s set updated_at = now(),
    status = case when new.status = 'in_review' and s.position = (
      select min(f.position) from issue_review_stages f where f.company_id = new.company_id and f.issue_id = new.id)
      then 'active' else 'pending' end::review_stage_status,
    note = case when new.status = 'in_review' then null else s.note end
  where s.company_id = new.company_id and s.issue_id = new.id
    and (new.status = 'in_review' or s.status in ('active', 'approved'));
  return null;
end $$;
--> statement-breakpoint
create trigger issues_review_round after update of status on issues for each row
when (old.status <> new.status and (new.status = 'in_review' or (old.status = 'in_review' and new.status not in ('done', 'cancelled'))))
execute function begin_review_round();
