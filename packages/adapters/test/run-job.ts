import type { RunJob } from "@boardroom/contract";

/** A run of Ada's on ACME-7, as a claim would say it. */
export const runJob = (adapter: RunJob["adapter"], differing: Partial<RunJob> = {}): RunJob => ({
  kind: "run",
  apiUrl: "http://127.0.0.1:1",
  company: { id: "019a0000-0000-7000-8000-000000000001", name: "Acme" },
  agent: {
    id: "019a0000-0000-7000-8000-000000000002",
    name: "Ada",
    urlKey: "ada",
    role: "engineer",
    title: "Engineer",
  },
  run: {
    id: "019a0000-0000-7000-8000-000000000003",
    fence: 1,
    attempt: 1,
    leaseExpiresAt: "2026-11-21T12:01:30.000Z",
    leaseSeconds: 90,
    deadlineAt: "2026-11-21T13:00:00.000Z",
    wakeSource: "assignment",
    wakeReason: "issue_assigned",
  },
  task: { id: "019a0000-0000-7000-8000-000000000004", identifier: "ACME-7", title: "Mend the roof" },
  context: {},
  session: null,
  adapter,
  workspace: null,
  runToken: "run-token-of-ada",
  secrets: {},
  skills: [],
  ...differing,
});
