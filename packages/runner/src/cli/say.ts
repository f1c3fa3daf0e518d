/** A line on the terminal. What servers and programs said may be in it: of control characters only colours go through. */
export const say = (line = ""): void => {
  process.stdout.write(`${withoutControls(line)}\n`);
};

/** Colours, line ends and tabs stay; nothing else reaches the terminal that it would act on. */
export const withoutControls = (text: string): string =>
  text.replace(/\p{Cc}(?:\[[0-9;]{0,30}m)?/gu, (found) => {
    const isColour = found.length > 1 && found.startsWith("\u001b");
    return isColour || /^[\n\t]/.test(found) ? found : found.slice(1);
  });

/** A line with its time, for a runner that runs on and on. */
export const sayWithTime = (line: string): void => say(`${new Date().toISOString()} ${line}`);
