import {
  createGoal,
  createLabel,
  createProject,
  deleteGoal,
  deleteLabel,
  deleteProject,
  getGoal,
  getProject,
  listGoals,
  listLabels,
  listProjects,
  updateGoal,
  updateProject,
} from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const workHandlers: HandlersOf<"goals" | "projects" | "labels"> = {
  "goals.list": listGoals,
  "goals.create": createGoal,
  "goals.get": getGoal,
  "goals.update": updateGoal,
  "goals.delete": deleteGoal,
  "projects.list": listProjects,
  "projects.create": createProject,
  "projects.get": getProject,
  "projects.update": updateProject,
  "projects.delete": deleteProject,
  "labels.list": listLabels,
  "labels.create": createLabel,
  "labels.delete": deleteLabel,
};
