import { notFound } from "./companies.ts";
import { isUuid } from "./find-agent.ts";

/** The id in a page's address. What is none is a 404 page, whichever of the page's reads would have complained of it first. */
export function idOf(named: string | undefined, thing: string): string {
  if (named !== undefined && isUuid(named)) return named;
  throw notFound(`There is no ${thing} at this address.`);
}

/** The id that an address names; one that is none names nothing. */
export function namedId(search: URLSearchParams, name: string): string | undefined {
  const value = search.get(name);
  return value !== null && isUuid(value) ? value : undefined;
}
