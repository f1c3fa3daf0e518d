import { BoardroomError } from "@boardroom/contract";
import type { Ports } from "@boardroom/domain";
import { Hono } from "hono";
import { methodsOf } from "./allowed-methods.ts";
import { errorAnswer, notFound } from "./answer.ts";
import type { AnswerOptions } from "./answer-operation.ts";
import { mountAttachments } from "./attachments/mount-attachments.ts";
import { mountAuditExport } from "./audit/mount-audit-export.ts";
import { createAuth } from "./auth/create-auth.ts";
import { mountAuth } from "./auth/mount-auth.ts";
import { sessionCookieName } from "./auth/session-cookie.ts";
import { boardOrigins } from "./authenticate/origin.ts";
import type { ApiEnv } from "./env.ts";
import { limitRate } from "./limit-rate.ts";
import { mountLlms } from "./llms/mount-llms.ts";
import { mapError } from "./map-error.ts";
import { mountOperations } from "./mount-operations.ts";
import { mountUnsubscribe } from "./notifications/mount-unsubscribe.ts";
import { mountOpenApi } from "./openapi/mount-openapi.ts";
import { mountOrgChart } from "./org-chart/mount-org-chart.ts";
import { createPorts } from "./ports.ts";
import { mountQueue } from "./queue.ts";
import { drain } from "./read-body.ts";
import { mountJwks } from "./receipts/mount-jwks.ts";
import { readRequestId } from "./request-id.ts";
import type { ApiRouter } from "./router.ts";
import { mountRoutineWebhooks } from "./routine-webhooks/mount-routine-webhooks.ts";
import { mountRunnerChannels } from "./runners/mount-runner-channels.ts";
import { mountStreams } from "./streams.ts";

export interface ApiApp {
  /** Answers a request below `/api`. Never rejects. */
  fetch(request: Request): Promise<Response>;
  /** The ports that its verbs use; the scheduler's are the same. */
  ports: Ports;
}

/** Puts the API together. Make one per isolate: routes and keys are prepared here. */
export function createApi(env: ApiEnv): ApiApp {
  const ports = createPorts(env);
  const options: AnswerOptions = {
    env,
    ports,
    authentication: {
      tokens: ports.tokens,
      runnerTokens: ports.runnerTrust,
      authSecret: env.authSecret,
      sessionCookie: sessionCookieName(env.publicUrl),
      origins: boardOrigins(env.publicUrl),
      system: (tag) => env.database.system(tag),
    },
  };
  const router: ApiRouter = new Hono<{ Variables: { requestId: string } }>().basePath("/api");
  router.use(async (c, next) => {
    c.set("requestId", readRequestId(c.req.raw));
    await next();
  });
  // The queue proves itself by its signature, and comes as often as there is work.
  mountQueue(router, options);
  if (env.rateLimits) router.use(limitRate(env.rateLimits, options.authentication.sessionCookie));
  mountAuth(router, env, createAuth(env));
  mountOpenApi(router, env);
  mountLlms(router, env);
  mountJwks(router, env);
  mountUnsubscribe(router, options);
  mountStreams(router, options);
  mountOrgChart(router, options);
  mountRoutineWebhooks(router, options);
  mountRunnerChannels(router, options);
  mountAuditExport(router, options);
  mountAttachments(router, options);
  mountOperations(router, options);
  answerTheRest(router, env);
  return { ports, fetch: async (request) => router.fetch(request) };
}

/** Unknown paths, wrong methods and everything that was thrown, all in the one shape of errors. */
function answerTheRest(router: ApiRouter, env: ApiEnv): void {
  const methodsAt = methodsOf(router.routes.filter(({ method }) => method !== "ALL"));
  router.notFound(async (c) => {
    await drain(c.req.raw);
    const methods = methodsAt(c.req.path);
    if (methods.length === 0) return errorAnswer(notFound(), c.get("requestId"));
    const refused = new BoardroomError("method_not_allowed", `This path takes ${methods.join(", ")}.`, { methods });
    return errorAnswer(refused, c.get("requestId"), { allow: methods.join(", ") });
  });
  router.onError(async (error, c) => {
    await drain(c.req.raw);
    const requestId = c.get("requestId");
    return errorAnswer(mapError(error, env.log, requestId, `${c.req.method} ${c.req.routePath}`), requestId);
  });
}
