import {
  archiveCompany,
  createCompany,
  getCompany,
  listActivity,
  listCompanies,
  listCompanyStats,
  listMembers,
  listOwnCompany,
  readBadges,
  readDashboard,
  readOrgChart,
  readOverview,
  suggestPrefix,
  updateCompany,
} from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const companyHandlers: HandlersOf<"companies"> = {
  "companies.list": (ctx, input) => ("person" in ctx ? listCompanies(ctx, input) : listOwnCompany(ctx)),
  "companies.create": createCompany,
  "companies.suggestPrefix": suggestPrefix,
  "companies.stats": listCompanyStats,
  "companies.overview": readOverview,
  "companies.get": getCompany,
  "companies.update": updateCompany,
  "companies.archive": archiveCompany,
  "companies.dashboard": readDashboard,
  "companies.badges": readBadges,
  "companies.activity": listActivity,
  "companies.members": listMembers,
  "companies.org": readOrgChart,
};
