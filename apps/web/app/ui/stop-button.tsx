import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import { isFailure } from "../forms/use-result.ts";
import { Button } from "./button.tsx";
import { useMay } from "./may.tsx";
import { useToast } from "./toast.tsx";
import { useCompany } from "./use-company.ts";

/** Stops a run in place; the list that it stands in stays where it is. */
export function StopButton({ runId, isStopping }: { runId: string; isStopping: boolean }) {
  const { base } = useCompany();
  const fetcher = useFetcher();
  const toast = useToast();
  const may = useMay();
  const failure = isFailure(fetcher.data) ? fetcher.data : undefined;
  useEffect(() => {
    if (failure) toast({ text: failure.message });
  }, [failure, toast]);
  if (!may("runs.cancel")) return null;
  const busy = isStopping || fetcher.state !== "idle";
  return (
    <fetcher.Form method="post" action={`${base}/runs/${runId}`}>
      <input type="hidden" name="stay" value="yes" />
      <Button type="submit" name="intent" value="cancel" disabled={busy}>
        {busy ? "Stopping" : "Stop"}
      </Button>
    </fetcher.Form>
  );
}
