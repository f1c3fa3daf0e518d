import type { ShouldRevalidateFunctionArgs } from "@remix-run/react";

/** Opening and closing a sheet changes only the address: the page's data stays. */
export function shouldRevalidate({
  currentUrl,
  nextUrl,
  formMethod,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  const isSheetOnly =
    formMethod === undefined && currentUrl.href !== nextUrl.href && withoutSheet(currentUrl) === withoutSheet(nextUrl);
  return isSheetOnly ? false : defaultShouldRevalidate;
}

function withoutSheet(url: URL): string {
  const search = new URLSearchParams(url.search);
  search.delete("sheet");
  return `${url.pathname}?${search}`;
}
