import type { TestCompany } from "@boardroom/testing";

export interface PaperRules {
  secretId: string;
  endpointId: string;
  policyId: string;
  costEventId: string;
  /** Out of budget, with a plain secret in its settings. */
  brokeAgent: string;
}

const reference = (key: string) => `\${secret:${key}}`;

/** Secrets, budgets with what became of them, an agent that was changed and one that left. */
export async function addRules(company: TestCompany, leadId: string): Promise<PaperRules> {
  const { board, cid } = company;
  const params = { cid };
  const secret = await board.call("secrets.create", {
    params,
    body: {
      name: "Shop system token",
      value: "correct-horse-battery-staple",
      description: "Reads orders, writes stock.",
    },
  });
  const old = await board.call("secrets.create", {
    params,
    body: { name: "Old mail password", value: "never-use-this-again-please" },
  });
  await board.call("secrets.update", { params: { id: old.id }, body: { status: "disabled" } });
  await board.call("secrets.rotate", {
    params: { id: secret.id },
    body: { value: "another-correct-horse-battery", keepDays: 7 },
  });
  const endpoint = await board.call("webhookEndpoints.create", {
    params,
    body: {
      url: "http://127.0.0.1:9/hooks/the-shop-system/orders-and-everything-that-follows-from-them",
      description: "The shop's stock list",
      eventTypes: ["goal.", "webhook_endpoint.stopped"],
    },
  });
  await board.call("webhookEndpoints.test", { params: { id: endpoint.id } });
  await addLeaver(company, leadId);
  await changeLead(company, leadId);
  return { secretId: secret.id, endpointId: endpoint.id, ...(await addBudgets(company, secret.key)) };
}

async function addBudgets({ board, cid }: TestCompany, secretKey: string) {
  const params = { cid };
  const broke = await board.call("agents.create", {
    params,
    body: {
      name: "Lea Fontaine",
      title: "Stock keeper",
      adapterType: "process",
      adapterConfig: {
        command: "stock-keeper",
        env: { SHOP_TOKEN: reference(secretKey), MAIL_PASSWORD: "not-a-secret-any-more", LANG: "fr_FR.UTF-8" },
      },
      budgetMonthlyCents: 500,
    },
  });
  const policy = await board.call("budgets.createPolicy", {
    params,
    body: { scope: "company", window: "day", amountCents: 9000, hardStop: false },
  });
  await board.call("budgets.createPolicy", {
    params,
    body: { scope: "agent", agentId: broke.id, window: "rolling", windowDays: 7, amountCents: 2000 },
  });
  const spend = (costCents: number, billingCode: string) =>
    board.call("costs.report", {
      params,
      body: {
        ...{ agentId: broke.id, provider: "anthropic", model: "claude-haiku-4-5", inputTokens: 52_000 },
        ...{ outputTokens: 2100, costCents, billingCode },
      },
    });
  await spend(420, "fair-lyon");
  const [alert] = await board.call("budgets.incidents", { params, query: { status: "open" } });
  if (alert)
    await board.call("budgets.resolveIncident", { params: { cid, id: alert.id }, body: { action: "dismiss" } });
  const { id } = await spend(95, "autumn");
  return { policyId: policy.id, costEventId: id, brokeAgent: broke.urlKey };
}

/** Whose open work went to the manager. */
async function addLeaver({ board, cid }: TestCompany, leadId: string): Promise<void> {
  const leaver = await board.call("agents.create", {
    params: { cid },
    body: {
      name: "Otto Berg",
      title: "Courier",
      adapterType: "process",
      adapterConfig: { command: "true" },
      reportsTo: leadId,
    },
  });
  await board.call("issues.create", {
    params: { cid },
    body: { title: "Deliver the samples in the old town", status: "backlog", assigneeAgentId: leaver.id },
  });
  await board.call("agents.terminate", { params: { id: leaver.id } });
}

async function changeLead({ board }: TestCompany, id: string): Promise<void> {
  const params = { id };
  await board.call("agents.update", {
    params,
    body: { title: "Head of sales and fairs", capabilities: "Plans the week, hands out the work and writes to shops." },
  });
  const write = (path: string, content: string) =>
    board.call("agents.updateInstructions", { params, body: { files: [{ path, content }] } });
  await write("AGENTS.md", "# You sell paper\n\nBe brief. Ask before you promise a price.\n\nSee `tone.md`.\n");
  await write("tone.md", "Kind, short, never pushy.\n");
}
