import type { TestBoardroom } from "@boardroom/testing";

interface TimeColumn {
  table: string;
  column: string;
}

/** Stretches a company's past, so that what tests made within seconds reads like the work of hours. */
export async function stretchTime({ ownerQuery }: TestBoardroom, companyId: string, factor: number): Promise<void> {
  const columns = await ownerQuery<TimeColumn>(
    `select table_name as table, column_name as column from information_schema.columns c
      where table_schema = 'public' and data_type like 'timestamp%' and exists (
        select 1 from information_schema.columns own
        where own.table_schema = 'public' and own.table_name = c.table_name and own.column_name = 'company_id')`,
  );
  const byTable = Map.groupBy(columns, ({ table }) => table);
  for (const [table, ofTable] of byTable) {
    // What lies ahead, as the end of a lease, stays where it is.
    const changes = ofTable.map(
      ({ column }) => `"${column}" = case when "${column}" < now()
        then now() - (now() - "${column}") * $2::int else "${column}" end`,
    );
    await ownerQuery(`update "${table}" set ${changes.join(", ")} where company_id = $1`, [companyId, factor]);
  }
}
