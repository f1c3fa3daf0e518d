import type { BoardroomClient } from "@boardroom/contract";
import type { TestCompany } from "@boardroom/testing";

export interface PaperWork {
  /** Under a hold, with one below it. */
  heldIssue: string;
  heldChild: string;
  /** In review, with stages and a definition of done that is shown in part. */
  reviewedIssue: string;
  criterionId: string;
  /** A time at which it was not in review yet. */
  before: string;
  /** Waits for the owner. */
  blockedIssue: string;
}

/** Work that stands still for a reason: held, in review, blocked by a person. */
export async function addStandingWork({ board, cid }: TestCompany, agent: BoardroomClient): Promise<PaperWork> {
  const params = { cid };
  const { userId } = await board.call("cliAuth.me", {});
  const lead = await agent.call("agents.me", {});
  const issues = await board.call("issues.list", { params, query: { limit: 50 } });
  const reviewed = issues.find(({ status }) => status === "in_review");
  if (!reviewed) throw new Error("No issue is in review");
  const of = { params: { id: reviewed.id } };
  const move = (status: "in_progress" | "in_review") => board.call("issues.update", { ...of, body: { status } });
  // Who reviews is said before it is in review.
  await move("in_progress");
  await board.call("reviews.replace", {
    ...of,
    body: {
      stages: [
        { kind: "review", reviewerUserId: userId },
        { kind: "approval", reviewerAgentId: lead.id },
      ],
    },
  });
  const criteria = await board.call("criteria.replace", {
    ...of,
    body: {
      criteria: [
        { text: "All twelve texts stand in the sheet, none longer than sixty words" },
        { text: "Somebody who does not know the range can tell the products apart" },
        { text: "The printer has seen them", isRequired: false },
      ],
    },
  });
  await move("in_review");
  const [first, second] = criteria;
  await board.call("criteria.giveEvidence", {
    params: { id: reviewed.id, kid: first?.id ?? "" },
    body: { kind: "url", ref: "https://sheets.example.com/notebooks/spring-range?version=12", note: "Row 4 to 15" },
  });
  const log = await board.call("issues.activity", { ...of, query: {} });
  return {
    ...(await addHeld({ board, cid })),
    reviewedIssue: reviewed.identifier,
    criterionId: second?.id ?? "",
    before: log[log.length - 2]?.createdAt ?? "",
    blockedIssue: await addBlocked({ board, cid }, userId),
  };
}

async function addHeld({ board, cid }: Pick<TestCompany, "board" | "cid">) {
  const held = await board.call("issues.create", {
    params: { cid },
    body: { title: "Autumn trade fair", description: "Stand, leaflets and the letters afterwards.", status: "backlog" },
  });
  const child = await board.call("issues.createChild", {
    params: { id: held.id },
    body: { title: "Rent a stand near the entrance", status: "backlog" },
  });
  await board.call("treeHolds.create", {
    params: { id: held.id },
    body: { mode: "pause", reason: "Until the budget of the autumn is clear" },
  });
  return { heldIssue: held.identifier, heldChild: child.identifier };
}

async function addBlocked({ board, cid }: Pick<TestCompany, "board" | "cid">, ownerUserId: string): Promise<string> {
  const { id, identifier } = await board.call("issues.create", {
    params: { cid },
    body: { title: "Send samples to Keller & Fils", status: "todo" },
  });
  await board.call("issues.update", {
    params: { id },
    body: { status: "blocked", blocked: { ownerUserId, action: "Say which of the three price lists holds for them" } },
  });
  return identifier;
}
