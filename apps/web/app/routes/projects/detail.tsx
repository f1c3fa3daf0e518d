import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import Pencil from "lucide-react/icons/pencil";
import Plus from "lucide-react/icons/plus";
import { formatDate } from "../../format/time.ts";
import { companyAction } from "../../forms/act.ts";
import { readProject } from "../../forms/project-form.ts";
import { useFailure } from "../../forms/use-result.ts";
import { listMachines } from "../../server/adapters.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { idOf } from "../../server/id-of.ts";
import { renderMarkdown } from "../../server/markdown.ts";
import { actOnMilestones } from "../../server/project-milestones.ts";
import { actOnWorkspaces } from "../../server/project-workspaces.ts";
import { ButtonLink, Submit } from "../../ui/button.tsx";
import { ConfirmSheet } from "../../ui/confirm-sheet.tsx";
import { Form } from "../../ui/form.tsx";
import { IssueRow } from "../../ui/issue-row.tsx";
import { projectStatuses } from "../../ui/labels.ts";
import { Milestones } from "../../ui/milestones/milestones.tsx";
import { Money } from "../../ui/money.tsx";
import { Notice, Tag } from "../../ui/notice.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { ProjectFields } from "../../ui/project-fields.tsx";
import { ProjectWorkspaces } from "../../ui/project-workspaces.tsx";
import { Prose } from "../../ui/prose.tsx";
import { Sheet, SheetLink } from "../../ui/sheet.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.project.name ?? "Project"} · Boardroom` },
];

export const loader = companyLoader(async ({ api, context, company, params }) => {
  const id = idOf(params.project, "project");
  const ofCompany = { params: { cid: company.id } };
  const [project, milestones, issues, goals, costs, agents, workspaces, machines] = await Promise.all([
    api.call("projects.get", { params: { id } }),
    api.call("milestones.list", { params: { id }, query: { limit: 200 } }),
    api.page("issues.list", { ...ofCompany, query: { projectId: id, limit: 100 } }),
    api.call("goals.list", { ...ofCompany, query: { limit: 200 } }),
    api.call("costs.byProject", { ...ofCompany, query: { limit: 200 } }),
    listAgents(context, company),
    api.call("projectWorkspaces.list", { params: { id }, query: { limit: 50 } }),
    listMachines(api, company),
  ]);
  return {
    project,
    milestones,
    descriptionHtml: renderMarkdown(project.description ?? "", company),
    issues: issues.items,
    hasMore: issues.nextCursor !== null,
    costCents: costs.find(({ projectId }) => projectId === id)?.costCents ?? 0,
    goals: goals.map(({ id: goalId, title }) => ({ id: goalId, name: title })),
    agents: agents.map(({ id: agentId, name, urlKey }) => ({ id: agentId, name, urlKey })),
    workspaces,
    machines,
    onceKey: crypto.randomUUID(),
  };
});

export const action = companyAction(async (args) => {
  const { api, company, form, intent, params } = args;
  const id = params.project ?? "";
  const base = `/${company.issuePrefix.toLowerCase()}/projects`;
  if (intent === "delete") {
    await api.call("projects.delete", { params: { id } });
    return redirect(base);
  }
  if ((await actOnMilestones(args, id)) || (await actOnWorkspaces(args, id))) return redirect(`${base}/${id}`);
  const { idempotencyKey: _, ...body } = readProject(form);
  await api.call("projects.update", { params: { id }, body });
  return redirect(`${base}/${id}`);
});

export default function ProjectPage() {
  const loaded = useLoaderData<typeof loader>();
  const { project, milestones, descriptionHtml, issues, hasMore, costCents, goals, agents } = loaded;
  const { workspaces, machines, onceKey } = loaded;
  const { base } = useCompany();
  const deleteFailure = useFailure("delete");
  const lead = agents.find(({ id }) => id === project.leadAgentId);
  const names = new Map(agents.map(({ id, name }) => [id, name]));
  return (
    <Page
      title={project.name}
      back={`${base}/projects`}
      actions={
        <>
          <SheetLink sheet="edit" leadsTo="projects.update" className="button" data-kind="quiet">
            <Pencil size={16} aria-hidden="true" />
            Edit
          </SheetLink>
          <ButtonLink to={`${base}/issues/new?project=${project.id}`} leadsTo="issues.create">
            <Plus size={16} aria-hidden="true" />
            New issue
          </ButtonLink>
        </>
      }
    >
      <div className="split">
        <div className="stack" data-wide>
          {deleteFailure && <Notice tone="bad">{deleteFailure.message}</Notice>}
          {project.description && <Prose html={descriptionHtml} />}
          <Milestones milestones={milestones} />
          <Section
            title="Issues"
            aside={
              <Link className="push" to={`${base}/issues?status=all&project=${project.id}`}>
                {hasMore ? "All issues" : "Filter"}
              </Link>
            }
          >
            <div className="bordered">
              {issues.map((issue) => (
                <IssueRow key={issue.id} issue={issue} assignee={names.get(issue.assigneeAgentId ?? "")} />
              ))}
              {issues.length === 0 && <EmptyState>No issue belongs to this project yet.</EmptyState>}
            </div>
          </Section>
          <ProjectWorkspaces workspaces={workspaces} machines={machines} />
        </div>
        <div className="aside">
          <dl className="facts">
            <div className="fact">
              <dt>State</dt>
              <dd>
                <Tag tone={projectStatuses[project.status].tone}>{projectStatuses[project.status].label}</Tag>
              </dd>
            </div>
            <div className="fact">
              <dt>Lead</dt>
              <dd>{lead ? <Link to={`${base}/agents/${lead.urlKey}`}>{lead.name}</Link> : "Nobody"}</dd>
            </div>
            {project.targetDate && (
              <div className="fact">
                <dt>Target</dt>
                <dd>{formatDate(Date.parse(project.targetDate), Date.now())}</dd>
              </div>
            )}
            <div className="fact">
              <dt>This month</dt>
              <dd>
                <Link to={`${base}/costs/events?project=${project.id}`}>
                  <Money cents={costCents} />
                </Link>
              </dd>
            </div>
            <div className="fact">
              <dt>Goals</dt>
              <dd>
                {project.goalIds.length === 0 && "None"}
                {goals
                  .filter(({ id }) => project.goalIds.includes(id))
                  .map(({ id, name }) => (
                    <Link key={id} to={`${base}/goals/${id}`}>
                      {name}
                    </Link>
                  ))}
              </dd>
            </div>
          </dl>
        </div>
      </div>
      <Milestones.Sheets milestones={milestones} onceKey={onceKey} />
      <ProjectWorkspaces.Sheets workspaces={workspaces} machines={machines} onceKey={onceKey} />
      <Sheet name="edit" title="Edit project">
        <Form intent="save" replace preventScrollReset>
          <ProjectFields project={project} goals={goals} agents={agents} />
          <div className="form-actions">
            <Submit intent="save">Save</Submit>
            <SheetLink sheet="delete" leadsTo="projects.delete" className="button" data-kind="danger">
              Delete
            </SheetLink>
          </div>
        </Form>
      </Sheet>
      <ConfirmSheet name="delete" title="Delete this project" confirm="Delete project">
        <p>It is gone for good. Only a project without issues can be deleted.</p>
      </ConfirmSheet>
    </Page>
  );
}
