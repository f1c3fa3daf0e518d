import type { IssueStatus } from "@boardroom/contract";

export interface Refusal {
  code: string;
  message: string;
}

/** Moves an issue into a state; answers why not, or null. The page doesn't wait for it, so it is no form. */
export async function changeStatus(id: string, status: IssueStatus): Promise<Refusal | null> {
  const response = await fetch(`/api/issues/${id}`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ status }),
  }).catch(() => null);
  if (response?.ok) return null;
  if (!response) return { code: "unreachable", message: "The board can't be reached right now." };
  const { error, code }: { error: string; code: string } = await response.json();
  return { code, message: error };
}
