import { searchCompany } from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const searchHandlers: HandlersOf<"search"> = { "search.company": searchCompany };
