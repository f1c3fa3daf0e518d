import { operations } from "@boardroom/contract";
import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction, parseForm } from "../../forms/act.ts";
import { readLines, readOptional, readText } from "../../forms/read.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { namedId } from "../../server/id-of.ts";
import { listMilestoneChoices } from "../../server/project-milestones.ts";
import { Submit } from "../../ui/button.tsx";
import { Input, Select, Textarea } from "../../ui/field.tsx";
import { Form, OnceKey } from "../../ui/form.tsx";
import { PlaceFields } from "../../ui/milestones/place-fields.tsx";
import { Page } from "../../ui/page.tsx";
import { priorityOptions } from "../../ui/priority-glyph.tsx";
import { issueLooks } from "../../ui/status-glyph.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "New issue · Boardroom" }];

export const loader = companyLoader(async ({ api, context, company, url }) => {
  const parent = url.searchParams.get("parent");
  const params = { cid: company.id };
  const [agents, projects, goals, parentIssue] = await Promise.all([
    listAgents(context, company),
    api.call("projects.list", { params, query: { limit: 200 } }),
    api.call("goals.list", { params, query: { limit: 200 } }),
    parent ? api.call("issues.get", { params: { id: parent } }) : null,
  ]);
  const wished = {
    assignee: url.searchParams.get("assignee") ?? "",
    project: parentIssue?.projectId ?? namedId(url.searchParams, "project") ?? "",
    milestone: parentIssue?.milestoneId ?? namedId(url.searchParams, "milestone") ?? "",
  };
  return {
    wished,
    milestones: await listMilestoneChoices(api, wished.project),
    agents: agents.map(({ id, name, title }) => ({ id, name: title ? `${name}, ${title}` : name })),
    projects: projects.map(({ id, name }) => ({ id, name })),
    goals: goals.map(({ id, title }) => ({ id, name: title })),
    parent: parentIssue && {
      id: parentIssue.id,
      identifier: parentIssue.identifier,
      title: parentIssue.title,
    },
    onceKey: crypto.randomUUID(),
  };
});

export const action = companyAction(async ({ api, company, form }) => {
  const body = parseForm(
    operations["issues.create"].body,
    {
      title: readText(form, "title"),
      description: readLines(form, "description"),
      assigneeAgentId: readOptional(form, "assigneeAgentId"),
      projectId: readOptional(form, "projectId"),
      milestoneId: form.has("milestoneId") ? readOptional(form, "milestoneId") : undefined,
      goalId: readOptional(form, "goalId"),
      parentId: readOptional(form, "parentId"),
      priority: readText(form, "priority"),
      status: readText(form, "status"),
      idempotencyKey: readText(form, "idempotencyKey"),
    },
    form,
  );
  const issue = await api.call("issues.create", { params: { cid: company.id }, body });
  return redirect(`/${company.issuePrefix.toLowerCase()}/issues/${issue.identifier}`);
});

const statuses = (["todo", "backlog"] as const).map((value) => [value, issueLooks[value].label] as const);
const optionsOf = (things: { id: string; name: string }[], none: string) =>
  [["", none], ...things.map(({ id, name }) => [id, name] as const)] as const;

/** What leaving the goal open means. */
function inheritedGoal(goalCount: number, isChild: boolean): string {
  if (goalCount === 0) return "No goal yet";
  return isChild ? "That of what it is part of" : "Its project's, or the company's";
}

export default function NewIssue() {
  const { agents, projects, milestones, goals, parent, wished, onceKey } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  return (
    <Page
      title={parent ? `New sub-issue of ${parent.identifier}` : "New issue"}
      back={parent ? `${base}/issues/${parent.identifier}` : `${base}/issues`}
      narrow
      calls="issues.create"
    >
      <Form intent="create">
        <OnceKey value={onceKey} />
        {parent && <input type="hidden" name="parentId" value={parent.id} />}
        <Input label="Title" name="title" maxLength={500} autoComplete="off" autoFocus required />
        <Textarea
          label="Description"
          name="description"
          rows={5}
          optional
          hint="What should be true when it is done?"
        />
        <Select
          label="Assignee"
          name="assigneeAgentId"
          defaultValue={wished.assignee}
          options={optionsOf(agents, "Nobody yet")}
          hint="Assigning wakes the agent at once, unless the issue waits in the backlog."
        />
        <div className="field-pair">
          <Select label="Priority" name="priority" options={priorityOptions} />
          <Select label="State" name="status" options={statuses} />
        </div>
        <div className="field-pair">
          <PlaceFields key={wished.project} projects={projects} wished={wished} milestones={milestones} />
          <Select label="Goal" name="goalId" options={optionsOf(goals, inheritedGoal(goals.length, parent !== null))} />
        </div>
        <div className="form-actions">
          <Submit intent="create">Create issue</Submit>
        </div>
      </Form>
    </Page>
  );
}
