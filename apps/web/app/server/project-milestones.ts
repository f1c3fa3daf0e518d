import { readMilestone } from "../forms/milestone-form.ts";
import { readText } from "../forms/read.ts";
import type { CompanyActionArgs } from "./board.ts";
import { isBoardroomError } from "./errors.ts";

/** What a choice among the milestones of a project shows; none without a project, or when it is gone. */
export async function listMilestoneChoices(api: CompanyActionArgs["api"], projectId: string | null | undefined) {
  if (!projectId) return [];
  try {
    const milestones = await api.call("milestones.list", { params: { id: projectId }, query: { limit: 200 } });
    return milestones.map(({ id, name }) => ({ id, name }));
  } catch (error) {
    if (isBoardroomError(error) && error.code === "not_found") return [];
    throw error;
  }
}

/** Does what one of the milestones' forms of a project asks; false when the form is none of them. */
export async function actOnMilestones({ api, form, intent }: CompanyActionArgs, projectId: string): Promise<boolean> {
  const params = { id: readText(form, "milestoneId") };
  switch (intent) {
    case "add-milestone":
      await api.call("milestones.create", { params: { id: projectId }, body: readMilestone(form) });
      return true;
    case "save-milestone":
      await api.call("milestones.update", { params, body: readMilestone(form) });
      return true;
    case "delete-milestone":
      await api.call("milestones.delete", { params });
      return true;
    default:
      return false;
  }
}
