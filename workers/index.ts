import type { WorkerEnv } from "./env.ts";

export { CompanyHub } from "./company-hub.ts";
export { RunnerHub } from "./runner-hub.ts";

/**
 * What is deployed. The app is evaluated with the first request: an isolate that holds only hubs never does it, and collects
 * its garbage in a fraction of the time, in which a thousand viewers would wait.
 */
export default {
  async fetch(request, env) {
    const { app } = await import("./app.ts");
    return app.fetch(request, env);
  },

  async scheduled(_event, env) {
    const { app } = await import("./app.ts");
    await app.scheduled(env);
  },
} satisfies ExportedHandler<WorkerEnv>;
