import { expect, it } from "vitest";
import { readVisit } from "./last-visit.ts";

const now = Date.parse("2026-05-04T12:00:00Z");
const minute = 60_000;
const visit = (cookie: string, at = now) =>
  readVisit(new Request("http://board.test", { headers: { cookie } }), "c1", at);
const keep = (cookie: string) => cookie.split(";")[0] ?? "";

it("knows nothing of the first visit, and nothing is news while it lasts", () => {
  const first = visit("theme=dark");
  expect(first.since).toBeNull();
  expect(visit(keep(first.cookie), now + 5 * minute).since).toBeNull();
});

it("says when the visit before ended, as long as this one lasts", () => {
  const first = visit("");
  const later = now + 3 * 60 * minute;
  const second = visit(keep(first.cookie), later);
  expect(second.since).toBe("2026-05-04T12:00:00.000Z");
  expect(visit(keep(second.cookie), later + 20 * minute).since).toBe("2026-05-04T12:00:00.000Z");
});

it("keeps companies apart, and reads nothing from what it did not write", () => {
  const { cookie } = visit("");
  const other = readVisit(new Request("http://board.test", { headers: { cookie: keep(cookie) } }), "c2", now);
  expect(other.since).toBeNull();
  expect(visit("visit-c1=a.b").since).toBeNull();
  expect(visit("visit-c1=99999999999999.99999999999999").since).toBe("2026-05-04T12:00:00.000Z");
});
