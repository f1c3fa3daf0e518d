select boardroom_protect(t::regclass) from unnest(array['documents', 'attachments', 'attachment_objects', 'issue_reads']) t;
--> statement-breakpoint
-- What a document was stays as it was; with the document its revisions go.
select boardroom_protect('document_revisions', 'select, insert');
--> statement-breakpoint
-- A call finds its company by the file that it names, the tick finds objects that belong to nothing.
select boardroom_open_to_system(t::regclass, 'select') from unnest(array['attachments', 'attachment_objects']) t;
--> statement-breakpoint
create trigger search_document after insert or update of title, body on documents for each row
  execute function boardroom_keep_search_entry('document', 'title', 'body', 'issue_id');
--> statement-breakpoint
create trigger search_document_gone after delete on documents for each row execute function boardroom_drop_search_entry('document');
