import { BoardroomError, type OperationOutput, type Operations, type RunnerHost } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { DeviceCtx } from "../context.ts";
import type { InputOf } from "../input.ts";

type Input = InputOf<"runners.register">;

/**
 * Makes a device a runner: uses up the code and keeps the public key, in one statement. The same code makes one runner, however
 * many devices hurry.
 * @throws BoardroomError not_found, the same for a code that is wrong, used or expired
 */
export async function registerRunner(
  device: DeviceCtx,
  input: Input,
): Promise<OperationOutput<Operations["runners.register"]>> {
  const codeHash = await device.ports.runnerTrust.hashOfCode(input.code);
  const [code] = await device.system.raw<{ company_id: string }>(
    sql`select company_id from runner_codes where code_hash = ${codeHash} and used_at is null and expires_at > now()`,
  );
  if (!code) throw unusableCode();
  const ctx = device.enter(code.company_id);
  const { rows } = await mutate<typeof schema.runners, { companyName: string }>(ctx, schema.runners, {
    with: {
      code: sql`
        select k.*, c.name as company_name from runner_codes k join companies c on c.id = k.company_id
        where k.company_id = ${ctx.db.companyId}::uuid and k.code_hash = ${codeHash} and k.used_at is null and k.expires_at > now()
          and c.status <> 'archived'
        for update of k`,
      registered: sql`
        insert into runners (company_id, name, public_key, host, adapters, labels, agent_ids, slots, created_by_user_id, last_seen_at)
        select company_id, coalesce(name, ${input.name ?? input.host.hostname}::text), ${input.publicKey}::text,
          ${reportedHost(input.host, { slots: input.slots, draining: false })}, ${JSON.stringify(input.adapters)}::jsonb,
          labels, agent_ids, ${input.slots}::int, created_by_user_id, now()
        from code returning *`,
      used: sql`
        update runner_codes k set used_at = now(), runner_id = registered.id from registered, code
        where k.company_id = code.company_id and k.id = code.id returning k.id`,
    },
    activity: [
      {
        from: "registered",
        action: "runner.registered",
        entityType: "runner",
        entityId: sql`id`,
        details: sql`jsonb_build_object('name', name, 'labels', to_jsonb(labels), 'host', host ->> 'hostname', 'codeId', (select id from used))`,
      },
    ],
    select: sql`select registered.*, code.company_name from registered, code`,
  });
  const [runner] = rows;
  if (!runner) throw unusableCode();
  return {
    runnerId: runner.id,
    companyId: runner.companyId,
    companyName: runner.companyName,
    name: runner.name,
    apiUrl: device.ports.publicUrl,
    serverKey: await device.ports.runnerTrust.publicKey(),
  };
}

/** What a machine says of itself, with what it reported last: the board's own settings stay until that changes. */
export const reportedHost = (host: RunnerHost, reported: { slots: number; draining: boolean }): SQL =>
  sql`${JSON.stringify({ ...host, reported })}::jsonb`;

const unusableCode = () =>
  new BoardroomError("not_found", "This code is wrong, used or expired. Make a new one on the board, under Runners.");
