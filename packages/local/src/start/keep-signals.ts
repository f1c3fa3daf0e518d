const signals = ["SIGINT", "SIGTERM"] as const;

/**
 * Makes something whose constructor would end the process on a signal, without that: whoever started it stops it in
 * order. What it does on the process's exit stays.
 */
export function withoutSignalHandlers<T>(make: () => T): T {
  const before = new Map(signals.map((signal) => [signal, process.listeners(signal)]));
  const made = make();
  for (const signal of signals) {
    for (const listener of process.listeners(signal)) {
      if (!before.get(signal)?.includes(listener)) process.off(signal, listener);
    }
  }
  return made;
}
