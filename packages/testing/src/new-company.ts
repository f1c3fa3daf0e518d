import { randomBytes } from "node:crypto";
import type { BoardroomClient, Company } from "@boardroom/contract";
import { signUp, type TestPerson } from "./sign-up.ts";

export interface NewCompanyOptions {
  name?: string;
  budgetMonthlyCents?: number | null;
  requireBoardApprovalForNewAgents?: boolean;
}

export interface TestCompany {
  url: string;
  company: Company;
  cid: string;
  owner: TestPerson;
  /** As the owner at the board, with the session's cookie. */
  board: BoardroomClient;
}

/** A company of its own for each test: nothing that other tests do is seen in it. */
export async function newCompany(url: string, options: NewCompanyOptions = {}): Promise<TestCompany> {
  const owner = await signUp(url);
  const { board } = owner;
  // A letter first, then enough chance that no two tests ever want the same one.
  const issuePrefix = `T${randomBytes(5).toString("hex").slice(0, 9)}`.toUpperCase();
  const company = await board.call("companies.create", { body: { name: "Acme", issuePrefix, ...options } });
  return { url, company, cid: company.id, owner, board };
}
