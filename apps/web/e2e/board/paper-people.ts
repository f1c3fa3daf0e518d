import { createClient } from "@boardroom/contract";
import { startPushService, type TestBoardroom, type TestCompany, type TestPerson } from "@boardroom/testing";

export interface PaperPeople {
  /** A second admin. */
  admin: TestPerson;
  memberId: string;
  /** The ends of links: one for a single person, one for many. */
  linkToken: string;
  openToken: string;
  /** What a command line shows that wants to be let in. */
  deviceCode: string;
}

/** Somebody beside the owner, invites, one who asks to join, keys, a command line and a phone that take part. */
export async function addPeople(boardroom: TestBoardroom, company: TestCompany): Promise<PaperPeople> {
  const { board, cid } = company;
  const params = { cid };
  const invite = async (role: "admin" | "viewer" | "operator", isOpen = false) => {
    const { link } = await board.call("invites.create", { params, body: { role, isOpen } });
    return link?.split("/join/")[1] ?? "";
  };
  const joinBy = async (name: string, token: string) => {
    const person = await boardroom.signUp(name);
    await person.board.call("invites.accept", { params: { token } });
    return person;
  };
  const admin = await joinBy("Samuel Okonkwo-Richter", await invite("admin"));
  await joinBy("Vera Koch", await invite("viewer"));
  const openToken = await invite("operator", true);
  await joinBy("Luc Martin", openToken);
  await board.call("invites.create", {
    params,
    body: { role: "operator", email: "bookkeeping.department@northwind-paper-partners.example.com" },
  });
  await addWaysIn(company);
  const members = await board.call("companies.members", { params, query: {} });
  const { userCode } = await createClient({ baseUrl: boardroom.url }).call("cliAuth.challenge", {
    body: { clientName: "boardroom on noras-macbook.local", scopes: ["read"], keyDays: 30 },
  });
  return {
    admin,
    memberId: members.find(({ displayName }) => displayName === admin.name)?.id ?? "",
    linkToken: await invite("viewer"),
    openToken,
    deviceCode: userCode,
  };
}

/** Keys of every kind, a phone that takes pushes, and a second company. */
async function addWaysIn({ board, cid }: TestCompany): Promise<void> {
  const key = (name: string, scopes: string[], expiresAt: string | null) =>
    board.call("boardKeys.create", { body: { name, scopes, expiresAt } });
  await key("Weekly report of the bookkeeping", ["read"], new Date(Date.now() + 30 * 86_400_000).toISOString());
  await key("Deploy script", [], null);
  const { id } = await key("Old laptop", ["issues.*", "agents.*"], null);
  await board.call("boardKeys.revoke", { params: { id } });
  const pushes = await startPushService();
  await board.call("pushSubscriptions.create", { params: { cid }, body: pushes.subscribe() });
  await pushes.stop();
  await board.call("companies.create", { body: { name: "Harbour Street Bakery" } });
}
