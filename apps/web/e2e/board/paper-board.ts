import type { TestBoardroom } from "@boardroom/testing";
import type { PaperCompany } from "./paper-company.ts";
import { addDecisions, type PaperDecisions } from "./paper-decisions.ts";
import { addPeople, type PaperPeople } from "./paper-people.ts";
import { addRules, type PaperRules } from "./paper-rules.ts";
import { addStandingWork, type PaperWork } from "./paper-work.ts";

export interface PaperBoard {
  people: PaperPeople;
  decisions: PaperDecisions;
  work: PaperWork;
  rules: PaperRules;
}

/** All that the board of a paper company decides about: people, decisions, work that waits, budgets and secrets. */
export async function addBoard(boardroom: TestBoardroom, company: PaperCompany): Promise<PaperBoard> {
  const { board, cid, agentKey, issue } = company;
  const agents = await board.call("agents.list", { params: { cid }, query: {} });
  const lead = agents.find(({ urlKey }) => urlKey === agentKey);
  if (!lead) throw new Error("Nobody leads");
  const { token } = await board.call("agentKeys.create", { params: { id: lead.id }, body: { name: "Board's desk" } });
  const agent = boardroom.clientWith(token ?? "");
  const people = await addPeople(boardroom, company);
  const work = await addStandingWork(company, agent);
  const rules = await addRules(company, lead.id);
  const decisions = await addDecisions({ company, admin: people.admin, agent, issueId: issue.id });
  await boardroom.runScheduled();
  return { people, decisions, work, rules };
}
