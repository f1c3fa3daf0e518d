import type { MemberRole, OperationId } from "@boardroom/contract";
import { useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import type { loader } from "../routes/company.tsx";

/** The role that an operation takes, where the visitor's own is too low for it. */
export function useNeededRole(): (operation: OperationId) => MemberRole | undefined {
  const refused = useRouteLoaderData<typeof loader>("routes/company")?.refused;
  return (operation) => refused?.[operation];
}

/** Whether the visitor's role lets them call an operation; outside a company nothing is left out. The API has the last word. */
export function useMay(): (operation: OperationId) => boolean {
  const neededFor = useNeededRole();
  return (operation) => neededFor(operation) === undefined;
}

/** What leads to a call, shown to those who may make it; others see what stands in for it. */
export function May({
  call,
  otherwise = null,
  children,
}: {
  call: OperationId;
  otherwise?: ReactNode;
  children: ReactNode;
}) {
  return useMay()(call) ? children : otherwise;
}
