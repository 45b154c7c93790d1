import pg from 'pg'
import type { More } from '#bench/data-set.ts'
import { reloadDictionary } from '#platform/ch/upkeep.ts'

/** One login in so many turned out to be somebody who was known already. */
const oneIn = 20

/** One login in twenty merged into the person before: what a few years of sign-ups on second devices look like. */
export const merged: More = {
  name: 'merged',
  fill: async (ch, databaseUrl, people) => {
    const client = new pg.Client({ connectionString: databaseUrl, options: '-c role=headwater_system' })
    await client.connect()
    await client.query(
      `update profiles.identifier set person = unit - 1, component = unit - 1 where unit % ${oneIn} = 0 and unit <= $1`,
      [people],
    )
    await client.query('update profiles.shipped set committed = 2')
    await client.query('set role none')
    await client.query(`select setval('profiles.version_seq', 2)`)
    await client.end()
    await ch.command(
      `INSERT INTO unit_person SELECT number + 1 AS unit, number AS person, 2 FROM numbers(${people}) WHERE unit % ${oneIn} = 0`,
    )
    await ch.command(
      `INSERT INTO people (ws, person, deleted, version) SELECT 1, number + 1 AS person, 1, 2 FROM numbers(${people}) WHERE person % ${oneIn} = 0`,
    )
    await ch.command(`INSERT INTO unit_person_base (one, version) VALUES (1, 2)`)
    for (const name of ['unit_person_base_dict', 'unit_person_delta_dict']) await reloadDictionary(ch, name)
  },
}
