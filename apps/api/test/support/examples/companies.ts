import { type Tenant, word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

const ofCompany = (t: Tenant) => ({ params: { cid: t.cid } });

export const companyExamples: ExamplesOf<"system" | "companies"> = {
  "system.health": () => ({}),
  "companies.list": () => ({}),
  "companies.create": () => ({ body: { name: `Company ${word()}`, issuePrefix: `W${word().slice(1, 9)}` } }),
  "companies.suggestPrefix": () => ({ query: { name: "Acme Rockets" } }),
  "companies.stats": () => ({}),
  "companies.overview": () => ({}),
  "companies.get": ofCompany,
  "companies.update": (t) => ({ ...ofCompany(t), body: { description: word() } }),
  "companies.archive": async (t) => {
    const { id } = await t.board.call("companies.create", { body: { name: `Company ${word()}` } });
    return { params: { cid: id } };
  },
  "companies.dashboard": ofCompany,
  "companies.badges": ofCompany,
  "companies.activity": ofCompany,
  "companies.members": ofCompany,
  "companies.org": ofCompany,
};
