import { sql } from 'kysely'
import type { Brand } from '#modules/content/contract/brand.ts'
import type { Tx } from '#platform/pg/database.ts'

export const defaultBrand: Brand = {
  logo: '',
  logoWidth: 140,
  primary: '#0B6BCB',
  ink: '#14202B',
  background: '#F6F8FA',
  font: 'Helvetica Neue, PingFang SC, Microsoft YaHei, Arial, sans-serif',
  radius: 8,
}

export const readBrand = async (tx: Tx): Promise<Brand> => ({
  ...defaultBrand,
  ...(await tx.row<{ kit: Brand }>(sql`select kit from content.brand where workspace_id = ${tx.workspace}`))
    ?.kit,
})

export const writeBrand = (tx: Tx, kit: Brand): Promise<number> =>
  tx.run(sql`insert into content.brand (workspace_id, kit) values (${tx.workspace}, ${JSON.stringify(kit)}::jsonb)
    on conflict (workspace_id) do update set kit = excluded.kit`)
