import type { Collect } from '#modules/collect/index.ts'
import type { ErasureLedger } from '#modules/privacy/server/erasure-ledger.ts'
import type { Audit, Profiles } from '#modules/profiles/index.ts'
import type { Clock } from '#platform/clock.ts'
import type { Log } from '#platform/log.ts'
import type { Database } from '#platform/pg/database.ts'
import type { PersonalDataKeeper } from '#slots/personal-data.ts'

export type PrivacyDeps = {
  database: Database
  log: Log
  clock: Clock
  audit: Audit
  profiles: Pick<
    Profiles,
    | 'personNumber'
    | 'personNumberInBinToo'
    | 'personIds'
    | 'recogniser'
    | 'presentPeople'
    | 'forgetPeople'
    | 'tellPerson'
  >
  collect: Pick<
    Collect,
    'projector' | 'settled' | 'eraseEvents' | 'countEvents' | 'countOlder' | 'forgetOlder'
  >
  keepers: readonly PersonalDataKeeper[]
  ledger: ErasureLedger
}
