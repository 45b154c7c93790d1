import type { AddressHasher } from '#modules/consents/server/address.ts'
import { reachTable } from '#modules/consents/server/reach/analytics-schema.ts'
import { readReach } from '#modules/consents/server/reach/read-reach.ts'
import { packReach } from '#modules/rules/index.ts'
import type { Clock } from '#platform/clock.ts'
import { inWorkspace } from '#platform/pg/database.ts'
import type { PersonProjection } from '#slots/person-projection.ts'

/** Consents and reach of people, shipped whenever anything about them is. */
export function reachProjection({ hash, clock }: { hash: AddressHasher; clock: Clock }): PersonProjection {
  return {
    name: 'consents',
    table: reachTable,
    project: async (tx, workspace, { here, gone }, version) => {
      const { reach, classes } = await readReach(inWorkspace(tx, workspace), hash, here, clock.now())
      const lines = here.map(({ person }) => {
        const { said = [], addresses = [] } = reach.get(person) ?? {}
        const packed = packReach(said, addresses, classes)
        return `${JSON.stringify({ ws: workspace, person, ...packed, deleted: 0, version })}\n`
      })
      const ended = gone.map(
        (person) => `{"ws":${workspace},"person":${person},"deleted":1,"version":${version}}\n`,
      )
      return { table: reachTable, lines: [...lines, ...ended].join('') }
    },
  }
}
