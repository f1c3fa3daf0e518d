import { waitUntil } from "cloudflare:workers";
import { type ApiEnv, createApi, createHttpMailer, createSystemCtx, portsOfInvocation } from "@boardroom/api";
import { openDatabase } from "@boardroom/db";
import { type TickStarter, tick } from "@boardroom/domain";
import { Receiver } from "@upstash/qstash";
import { createClosingQueue } from "./closing-queue.ts";
import { readDatabaseOptions, readSettings, readVapidKeys, type WorkerEnv } from "./env.ts";
import { createEventQueue } from "./event-queue.ts";
import { createHubPoke } from "./hub-poke.ts";
import { createObjectStore } from "./object-store.ts";
import { ownSkills } from "./own-skills.ts";
import { createRateLimits } from "./rate-limits.ts";
import { createRunQueue } from "./run-queue.ts";
import { createRunnerHub } from "./runner-hub-door.ts";
import { version } from "./version.ts";
import { createWatchdog } from "./watchdog.ts";

/** What happens within a second is told together: see `hub/listeners.ts`. */
const toldAfterMs = 1000;

export interface Boardroom {
  publicUrl: string;
  /** Where a scripted agent takes webhooks, for trying things out. */
  demoAgentUrl: string | null;
  api(request: Request): Promise<Response>;
  /** The minute's work. */
  tick(): Promise<void>;
}

/** Puts the parts together, once per isolate. */
export function composeBoardroom(env: WorkerEnv): Boardroom {
  const settings = readSettings(env);
  const publicUrl = settings.PUBLIC_URL;
  const database = openDatabase(readDatabaseOptions(env));
  const enqueue = createRunQueue({ url: settings.QSTASH_URL, token: settings.QSTASH_TOKEN, publicUrl });
  const enqueueEvents = createEventQueue({ url: settings.QSTASH_URL, token: settings.QSTASH_TOKEN, publicUrl });
  const receiver = new Receiver({
    currentSigningKey: settings.QSTASH_CURRENT_SIGNING_KEY,
    nextSigningKey: settings.QSTASH_NEXT_SIGNING_KEY,
  });
  const parts: ApiEnv = {
    database,
    publicUrl,
    version,
    jwtSecret: settings.JWT_SECRET,
    authSecret: settings.AUTH_SECRET,
    masterKey: settings.MASTER_KEY,
    signingKey: settings.SIGNING_KEY,
    allowLocalTargets: settings.ALLOW_LOCAL_TARGETS,
    mailer: createHttpMailer({ url: settings.MAIL_URL, token: settings.MAIL_TOKEN, from: settings.MAIL_FROM }),
    enqueue,
    closeLater: createClosingQueue({ url: settings.QSTASH_URL, token: settings.QSTASH_TOKEN, publicUrl }),
    vapid: readVapidKeys(settings),
    queueReceiver: { verify: (signature, body, url) => receiver.verify({ signature, body, url }).catch(() => false) },
    enqueueEvents,
    hub: {
      poke: createHubPoke(env.COMPANY_HUB, (companyId) => enqueueEvents([companyId], toldAfterMs)),
      forgetListeners: (companyId) => hubOf(env, companyId).forgetListeners(),
      connect: (request, companyId) => connect(env, request, companyId),
    },
    runnerHub: createRunnerHub(env.RUNNER_HUB),
    objects: createObjectStore(env.FILES),
    rateLimits: createRateLimits(env),
    ownSkills,
    waitUntil,
    log: (entry) => (entry.level === "error" ? console.error : console.warn)(JSON.stringify(entry)),
  };
  const api = createApi(parts);
  const runTick = async (by: TickStarter) => {
    const ports = portsOfInvocation(parts, api.ports);
    const contextFor = (companyId: string) => createSystemCtx(parts, ports, companyId, "routines.tick");
    const { secrets, eventWebhooks } = ports;
    await tick(database.system("tick"), { enqueue, contextFor, secrets, eventWebhooks }, by);
  };
  const watch = createWatchdog({ system: database.system("watchdog"), tick: () => runTick("watchdog"), waitUntil });
  return {
    publicUrl,
    demoAgentUrl: settings.DEMO_AGENT_URL ?? null,
    async api(request) {
      if (settings.WATCHDOG) watch();
      return api.fetch(request);
    },
    tick: () => runTick("schedule"),
  };
}

const hubOf = ({ COMPANY_HUB }: WorkerEnv, companyId: string) => COMPANY_HUB.get(COMPANY_HUB.idFromName(companyId));

/** Hands a viewer whom the API let in to the company's hub. */
function connect(env: WorkerEnv, request: Request, companyId: string): Promise<Response> {
  const forwarded = new Request(request);
  forwarded.headers.set("x-company-id", companyId);
  return hubOf(env, companyId).fetch(forwarded);
}
