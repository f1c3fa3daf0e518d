import { adapterDefinitions, describeAdapter, describeAdapters, findAdapter } from "@boardroom/adapters";
import { notFound, securityHeaders } from "../answer.ts";
import type { ApiEnv } from "../env.ts";
import type { ApiRouter } from "../router.ts";

/** How agents are configured, as text for agents who configure agents. */
export function mountLlms(router: ApiRouter, { publicUrl }: ApiEnv): void {
  const urlOf = (type: string) => `${publicUrl}/api/llms/agent-configuration/${type}.txt`;
  const answer = (text: string, requestId: string) =>
    new Response(text, {
      headers: {
        ...securityHeaders,
        "content-type": "text/plain; charset=utf-8",
        "cache-control": "public, max-age=300",
        "x-request-id": requestId,
      },
    });
  router.get("/llms/agent-configuration.txt", (c) =>
    answer(describeAdapters(adapterDefinitions, urlOf), c.get("requestId")),
  );
  router.get("/llms/agent-configuration/:file", (c) => {
    const adapter = findAdapter(/^([a-z0-9_]+)\.txt$/.exec(c.req.param("file"))?.[1] ?? "");
    if (!adapter) throw notFound();
    return answer(describeAdapter(adapter), c.get("requestId"));
  });
}
