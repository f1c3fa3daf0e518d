/** What a sealed signing secret is bound to: it can't be opened for another company. */
export const webhookSecretContext = (companyId: string) => `agent-webhook:${companyId}`;
