import {
  createProjectWorkspace,
  createWorkProduct,
  deleteProjectWorkspace,
  getExecutionWorkspace,
  listExecutionWorkspaces,
  listProjectWorkspaces,
  listWorkProducts,
  listWorkspaceOperations,
  reportWorkspaceOperation,
  updateExecutionWorkspace,
  updateProjectWorkspace,
} from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const workspaceHandlers: HandlersOf<"projectWorkspaces" | "executionWorkspaces" | "workProducts"> = {
  "projectWorkspaces.list": listProjectWorkspaces,
  "projectWorkspaces.create": createProjectWorkspace,
  "projectWorkspaces.update": updateProjectWorkspace,
  "projectWorkspaces.delete": deleteProjectWorkspace,
  "executionWorkspaces.list": listExecutionWorkspaces,
  "executionWorkspaces.get": getExecutionWorkspace,
  "executionWorkspaces.update": updateExecutionWorkspace,
  "executionWorkspaces.operations": listWorkspaceOperations,
  "executionWorkspaces.report": reportWorkspaceOperation,
  "workProducts.list": listWorkProducts,
  "workProducts.create": createWorkProduct,
};
