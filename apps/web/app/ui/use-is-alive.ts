import { useEffect, useState } from "react";

/** Whether the page's JavaScript runs: what needs it is shown only then. */
export function useIsAlive(): boolean {
  const [isAlive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  return isAlive;
}
