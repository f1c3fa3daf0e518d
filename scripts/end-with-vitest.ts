// A process of tests whose vitest is gone tries for ever, and at full speed, to tell it so. Nothing gentler ends it: vitest
// takes `process.exit` away from tests, and the browser's driver listens to signals. What it started ends with it.
if (process.listenerCount("disconnect") === 0) process.once("disconnect", () => process.kill(process.pid, "SIGKILL"));
