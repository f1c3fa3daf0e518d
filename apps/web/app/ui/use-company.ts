import { useRouteLoaderData } from "@remix-run/react";
import type { loader } from "../routes/company.tsx";

/** The company whose pages these are, and the path that they live under. */
export function useCompany() {
  const loaded = useRouteLoaderData<typeof loader>("routes/company");
  if (!loaded) throw new Error("useCompany stands outside a company's pages");
  return loaded;
}
