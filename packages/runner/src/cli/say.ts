/** A line on the terminal. */
export const say = (line = ""): void => {
  process.stdout.write(`${line}\n`);
};

/** A line with its time, for a runner that runs on and on. */
export const sayWithTime = (line: string): void => say(`${new Date().toISOString()} ${line}`);
