import type { ActorType } from "@boardroom/contract";
import type { TenantConnection } from "@boardroom/db";
import { isoText } from "@boardroom/db/row";
import { type SQL, sql } from "drizzle-orm";

/** A place in a company's event feed: after this transaction and this entry of it. */
export interface FeedCursor {
  xid: number;
  seq: number;
}

/** One entry of the feed, as viewers get it. */
export interface FeedEvent {
  cursor: string;
  action: string;
  entityType: string;
  entityId: string;
  agentId: string | null;
  runId: string | null;
  actorType: ActorType;
  actorName: string | null;
  details: Record<string, unknown> | null;
  createdAt: string;
}

export interface FeedPage {
  /** Oldest first. */
  events: FeedEvent[];
  /** Further events follow the last one of this page. */
  hasMore: boolean;
  /** Events exist that may not be shown yet, because an older transaction is still open: look again shortly. */
  isHeldBack: boolean;
  /** Everything before this place is settled; reading from here shows only what is new. */
  head: FeedCursor;
}

interface FeedRow {
  head: string;
  is_held_back: boolean;
  events: FeedEvent[] | null;
}

/** An entry `a` of the log as viewers get it: a `FeedEvent`. */
export const feedEvent: SQL = sql`jsonb_build_object('cursor', a.xid || '.' || a.seq, 'action', a.action,
      'entityType', a.entity_type, 'entityId', a.entity_id, 'agentId', a.agent_id, 'runId', a.run_id,
      'actorType', a.actor_type, 'actorName', a.actor_name, 'details', a.details #- '{changes,description,from}',
      'createdAt', ${isoText(sql`a.created_at`)})`;

/**
 * Reads a company's events after a cursor; without one it only answers the head. Transactions commit in another order
 * than they start, so the feed ends before the oldest one still open: nothing ever appears before a cursor given out.
 */
export async function readFeed(db: TenantConnection, cursor: FeedCursor | null, limit: number): Promise<FeedPage> {
  const company = sql`company_id = ${db.companyId}::uuid`;
  const page = sql`
    select a.xid, a.seq, ${feedEvent} as event
    from activity_log a
    where a.${company} and (a.xid, a.seq) > (${cursor?.xid ?? 0}::bigint, ${cursor?.seq ?? 0}::bigint)
      and a.xid < (select xid from head)
    order by a.xid, a.seq limit ${cursor ? limit + 1 : 0}`;
  const [row] = await db.raw<FeedRow & Record<string, unknown>>(sql`
    with head as (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as xid)
    select head.xid::text as head,
      exists (select 1 from activity_log where ${company} and xid >= head.xid) as is_held_back,
      (select jsonb_agg(page.event order by page.xid, page.seq) from (${page}) page) as events
    from head`);
  if (!row) throw new Error("The feed's statement answered no row");
  const events = row.events ?? [];
  return {
    events: events.slice(0, limit),
    hasMore: events.length > limit,
    isHeldBack: row.is_held_back,
    head: { xid: Number(row.head), seq: 0 },
  };
}

/** Reads `<xid>.<seq>`; null when it is not one. */
export function parseFeedCursor(text: string | null | undefined): FeedCursor | null {
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(text ?? "");
  return match ? { xid: Number(match[1]), seq: Number(match[2]) } : null;
}

export const formatFeedCursor = ({ xid, seq }: FeedCursor): string => `${xid}.${seq}`;

/** Whether `a` comes after `b` in the feed. */
export const isAfter = (a: FeedCursor, b: FeedCursor): boolean => a.xid > b.xid || (a.xid === b.xid && a.seq > b.seq);
