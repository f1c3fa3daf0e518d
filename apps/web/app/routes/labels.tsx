import { operations } from "@boardroom/contract";
import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import { issuesOf } from "../format/issues-of.ts";
import { companyAction, parseForm } from "../forms/act.ts";
import { readText } from "../forms/read.ts";
import { companyLoader } from "../server/board.ts";
import { Submit } from "../ui/button.tsx";
import { Form, OnceKey } from "../ui/form.tsx";
import { LabelDot } from "../ui/label-dot.tsx";
import { LabelFields } from "../ui/labels/label-fields.tsx";
import { LabelSheets } from "../ui/labels/label-sheets.tsx";
import { Page } from "../ui/page.tsx";
import { Sheet, SheetLink } from "../ui/sheet.tsx";
import { EmptyState, ListEnd } from "../ui/states.tsx";
import { useCompany } from "../ui/use-company.ts";

export { shouldRevalidate } from "../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Labels · Boardroom" }];

export const loader = companyLoader(async ({ api, company, url }) => {
  const { items, nextCursor } = await api.page("labels.list", {
    params: { cid: company.id },
    query: { limit: 200, cursor: url.searchParams.get("cursor") ?? undefined },
  });
  const labels = items.sort((a, b) => a.name.localeCompare(b.name, "en"));
  return { labels, nextCursor, onceKey: crypto.randomUUID() };
});

export const action = companyAction(async ({ api, company, form, intent }) => {
  const params = { id: readText(form, "labelId") };
  const drawn = { name: readText(form, "name"), color: readText(form, "color") || undefined };
  switch (intent) {
    case "create": {
      const body = parseForm(
        operations["labels.create"].body,
        { ...drawn, idempotencyKey: readText(form, "idempotencyKey") || undefined },
        form,
      );
      await api.call("labels.create", { params: { cid: company.id }, body });
      break;
    }
    case "merge":
      await api.call("labels.merge", {
        params,
        body: parseForm(operations["labels.merge"].body, { intoLabelId: readText(form, "intoLabelId") }, form),
      });
      break;
    case "delete":
      await api.call("labels.delete", { params });
      break;
    default:
      await api.call("labels.update", { params, body: parseForm(operations["labels.update"].body, drawn, form) });
  }
  return redirect(`/${company.issuePrefix.toLowerCase()}/settings/labels`);
});

export default function Labels() {
  const { labels, nextCursor, onceKey } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const [search] = useSearchParams();
  const asked = labels.find(({ id }) => search.get("sheet")?.endsWith(id));
  const newLabel = (
    <SheetLink
      sheet="new-label"
      leadsTo="labels.create"
      className="button"
      data-kind={labels.length === 0 ? "primary" : undefined}
    >
      <Plus size={16} aria-hidden="true" />
      New label
    </SheetLink>
  );
  return (
    <Page title="Labels" back={`${base}/settings`} flush actions={labels.length > 0 && newLabel}>
      {labels.length === 0 ? (
        <EmptyState action={newLabel}>
          A label says what issues have in common beside project and goal, such as “bug” or “waits for a customer”.
        </EmptyState>
      ) : (
        <div className="list">
          {labels.map(({ id, name, color, issueCount }) => (
            <div className="row" key={id}>
              <LabelDot color={color} />
              <SheetLink sheet={`label-${id}`} leadsTo="labels.update" className="row-link">
                {name}
              </SheetLink>
              <div className="meta above">
                <Link className="label-count" to={`${base}/issues?label=${id}&status=all`}>
                  {issuesOf(issueCount)}
                </Link>
              </div>
            </div>
          ))}
        </div>
      )}
      {nextCursor && <ListEnd nextCursor={nextCursor} search={search} all="" />}
      <Sheet name="new-label" title="New label">
        <Form intent="create" replace preventScrollReset>
          <OnceKey value={onceKey} />
          <LabelFields />
          <div className="form-actions">
            <Submit intent="create">Make the label</Submit>
          </div>
        </Form>
      </Sheet>
      {asked && <LabelSheets label={asked} others={labels.filter(({ id }) => id !== asked.id)} />}
    </Page>
  );
}
