import { readText } from "../forms/read.ts";
import { readNewWorkspace, readWorkspace } from "../forms/workspace-form.ts";
import type { CompanyActionArgs } from "./board.ts";

/** Does what one of the workspaces' forms of a project asks; false when the form is none of them. */
export async function actOnWorkspaces({ api, form, intent }: CompanyActionArgs, projectId: string): Promise<boolean> {
  const params = { id: readText(form, "workspaceId") };
  switch (intent) {
    case "add-workspace":
      await api.call("projectWorkspaces.create", { params: { id: projectId }, body: readNewWorkspace(form) });
      return true;
    case "save-workspace":
      await api.call("projectWorkspaces.update", { params, body: readWorkspace(form) });
      return true;
    case "delete-workspace":
      await api.call("projectWorkspaces.delete", { params });
      return true;
    default:
      return false;
  }
}
