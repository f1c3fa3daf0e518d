import { companyLoader } from "../server/board.ts";
import { notFound } from "../server/companies.ts";
import { PageError } from "../ui/page-error.tsx";

export const loader = companyLoader(async () => {
  throw notFound("There is no such page.");
});

export default function Lost() {
  return null;
}

export { PageError as ErrorBoundary };
