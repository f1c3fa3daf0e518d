import type { UNSAFE_RouteConfigEntry as Route } from "@remix-run/dev";

const page = (path: string, file: string, children?: Route[]): Route => ({
  path,
  file: `routes/${file}.tsx`,
  ...(children && { children }),
});
const index = (file: string): Route => ({ index: true, file: `routes/${file}.tsx` });

export default [
  index("index"),
  page("sign-in", "account/sign-in"),
  page("sign-up", "account/sign-up"),
  page("sign-out", "account/sign-out"),
  page("forgot-password", "account/forgot-password"),
  page("reset-password", "account/reset-password"),
  page("verify-email", "account/verify-email"),
  page("theme", "theme"),
  page("prefix", "prefix"),
  page("welcome", "welcome"),
  page("chooser", "chooser"),
  page(":company", "company", [
    index("home"),
    page("inbox", "inbox"),
    page("issues", "issues/list"),
    page("issues/new", "issues/new"),
    page("issues/:identifier", "issues/detail"),
    page("goals", "goals/list"),
    page("goals/new", "goals/new"),
    page("goals/:goal", "goals/edit"),
    page("projects", "projects/list"),
    page("projects/new", "projects/new"),
    page("projects/:project", "projects/detail"),
    page("agents", "agents/list"),
    page("agents/new", "agents/new"),
    page("agents/:agent", "agents/detail"),
    page("org", "org"),
    page("runs", "runs/list"),
    page("runs/:run", "runs/detail"),
    page("costs", "costs"),
    page("costs/events", "cost-events"),
    page("activity", "activity"),
    page("settings", "settings"),
    page("more", "more"),
    page("*", "lost"),
  ]),
] satisfies Route[];
