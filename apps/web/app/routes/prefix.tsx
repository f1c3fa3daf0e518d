import { boardLoader } from "../server/board.ts";

/** A free prefix for a name, and whether a wished one is free: asked while the form is being filled in. */
export const loader = boardLoader(async ({ context, request }) => {
  const search = new URL(request.url).searchParams;
  const wish = search.get("wish")?.slice(0, 10) || undefined;
  return context.api.call("companies.suggestPrefix", {
    query: { name: search.get("name")?.slice(0, 120) ?? "", wish },
  });
});
