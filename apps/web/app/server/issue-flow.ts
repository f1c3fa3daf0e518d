import type { Company, EvidenceKind, IssueDetail, TreeHold, TreeHoldPreview } from "@boardroom/contract";
import { InvalidForm } from "../forms/act.ts";
import { invalidField } from "../forms/failure.ts";
import { readChecked, readLines, readOptional, readText } from "../forms/read.ts";
import type { CompanyActionArgs } from "./board.ts";

type Api = CompanyActionArgs["api"];

/** What the forms about holds, reviews, criteria and blocked work of an issue need to know. */
export interface Flow {
  preview: TreeHoldPreview | null;
  /** A hold that cancelled the issue, which can still be undone. */
  cancelledBy: TreeHold | null;
  members: { id: string; name: string }[];
}

export async function readFlow(api: Api, company: Company, issue: IssueDetail): Promise<Flow> {
  const of = { params: { id: issue.id } };
  const isOpen = issue.status !== "done" && issue.status !== "cancelled";
  const [preview, holds, members] = await Promise.all([
    isOpen ? api.call("treeHolds.preview", of) : null,
    issue.status === "cancelled" ? api.call("treeHolds.list", { ...of, query: { limit: 5 } }) : [],
    isOpen ? api.call("companies.members", { params: { cid: company.id }, query: { limit: 200 } }) : [],
  ]);
  return {
    preview,
    cancelledBy: holds.find(({ mode, status }) => mode === "cancel" && status === "active") ?? null,
    members: members.map(({ userId, displayName }) => ({ id: userId, name: displayName })),
  };
}

const intents = [
  ...[
    "pause-tree",
    "cancel-tree",
    "release-hold",
    "set-blocked",
    "escalate",
    "set-reviews",
    "approve-review",
    "request-changes",
  ],
  ...["set-criteria", "give-evidence", "take-evidence", "override-done"],
];
export const isFlowIntent = (intent: string): boolean => intents.includes(intent);

/** Does what one of those forms asks. */
export async function changeFlow(args: CompanyActionArgs, id: string, intent: string): Promise<void> {
  const { api, form } = args;
  const params = { id };
  switch (intent) {
    case "pause-tree":
    case "cancel-tree":
      await api.call("treeHolds.create", {
        params,
        body: { mode: intent === "pause-tree" ? "pause" : "cancel", reason: readOptional(form, "reason") },
      });
      return;
    case "release-hold":
      await api.call("treeHolds.release", {
        params: { id: readText(form, "heldIssueId"), hid: readText(form, "holdId") },
        body: {},
      });
      return;
    case "set-blocked":
      await api.call("issues.update", { params, body: { status: "blocked", blocked: readBlocked(form) } });
      return;
    case "escalate":
      await api.call("issues.escalate", { params, body: { reason: readText(form, "reason") } });
      return;
    case "override-done":
      await api.call("issues.update", {
        params,
        body: { status: "done", overrideNote: readText(form, "overrideNote") },
      });
      return;
    case "approve-review":
    case "request-changes":
      await decideReview(args);
      return;
    case "set-reviews":
      await api.call("reviews.replace", { params, body: { stages: readStages(form) } });
      return;
    default:
      return changeCriteria(args, id, intent);
  }
}

/** Approves a stage or asks for changes; undefined when the form asks for something else. */
export async function decideReview({
  api,
  form,
  intent,
}: CompanyActionArgs): Promise<{ answered: string } | undefined> {
  const params = { id: readText(form, "issueId"), rid: readText(form, "reviewId") };
  const note = readLines(form, "note");
  if (intent === "approve-review") {
    await api.call("reviews.approve", { params, body: { note } });
    return { answered: "Approved. Who works on it is told." };
  }
  if (intent !== "request-changes") return undefined;
  if (note === null) throw new InvalidForm(invalidField(form, "note", "Say what should change."));
  await api.call("reviews.requestChanges", { params, body: { note } });
  return { answered: "Sent back. Who works on it is told." };
}

async function changeCriteria({ api, form }: CompanyActionArgs, id: string, intent: string): Promise<void> {
  const ofCriterion = { params: { id, kid: readText(form, "criterionId") } };
  if (intent === "give-evidence") {
    await api.call("criteria.giveEvidence", {
      ...ofCriterion,
      body: { ...readEvidence(form), note: readOptional(form, "note") },
    });
    return;
  }
  if (intent === "take-evidence") {
    await api.call("criteria.takeEvidence", ofCriterion);
    return;
  }
  const kept = form.getAll("criterion").map(String);
  const added = (readLines(form, "added") ?? "").split("\n").flatMap((line) => line.trim() || []);
  const criteria = [
    ...kept.flatMap((kid) => {
      const text = readText(form, `text:${kid}`);
      return text === "" ? [] : [{ id: kid, text, isRequired: readChecked(form, `required:${kid}`) }];
    }),
    ...added.map((text) => ({ text })),
  ];
  await api.call("criteria.replace", { params: { id }, body: { criteria } });
}

/** Something that lies on the issue, or an address. */
function readEvidence(form: FormData): { kind: EvidenceKind; ref: string } {
  const [, kind, ref = ""] = /^(document|attachment):(.+)$/.exec(readText(form, "evidence")) ?? [];
  if (kind !== "document" && kind !== "attachment") return { kind: "url", ref: readText(form, "ref") };
  return { kind, ref };
}

/** "agent:…" or "user:…", as the choices of people and agents are sent. */
function readOne(value: string): { agentId?: string; userId?: string } {
  const at = value.indexOf(":");
  const [kind, id] = [value.slice(0, at), value.slice(at + 1)];
  return kind === "agent" ? { agentId: id } : kind === "user" ? { userId: id } : {};
}

/** Who acts on blocked work, and how. */
export function readBlocked(form: FormData) {
  const { agentId, userId } = readOne(readText(form, "owner"));
  return { ownerAgentId: agentId ?? null, ownerUserId: userId ?? null, action: readText(form, "action") };
}

function readStages(form: FormData) {
  return form.getAll("reviewer").flatMap((value, at) => {
    const { agentId, userId } = readOne(String(value));
    if (!agentId && !userId) return [];
    const kind = form.getAll("kind")[at] === "approval" ? ("approval" as const) : ("review" as const);
    return [{ kind, reviewerAgentId: agentId ?? null, reviewerUserId: userId ?? null }];
  });
}
