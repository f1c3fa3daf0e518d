/** Calls at once, then at most every `everyMs`; what comes in between is one call at the end. */
export function throttle(run: () => void, everyMs: number): { (): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isDue = false;
  const open = () => {
    timer = undefined;
    if (!isDue) return;
    isDue = false;
    fire();
  };
  const fire = () => {
    timer = setTimeout(open, everyMs);
    run();
  };
  const call = () => {
    if (timer === undefined) fire();
    else isDue = true;
  };
  call.cancel = () => {
    clearTimeout(timer);
    timer = undefined;
    isDue = false;
  };
  return call;
}
