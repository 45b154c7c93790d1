import { numberList } from '#modules/profiles/server/number-list.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import { deleteRows } from '#platform/ch/upkeep.ts'

/**
 * Removes what ClickHouse has of people that Postgres does not know any more: marking them deleted would leave their
 * earlier rows to the next merge. Inside the projector's turn.
 */
export async function forgetPeople(
  deps: Pick<ProfileDeps, 'ch' | 'recogniser'>,
  workspace: number,
  units: readonly number[],
): Promise<void> {
  const list = numberList(units)
  await deleteRows(deps.ch, 'people', () => `ws = ${Math.trunc(workspace)} AND person IN (${list})`)
  await deleteRows(deps.ch, 'unit_person', () => `unit IN (${list})`)
  await deleteRows(deps.ch, 'device_owner', () => `unit IN (${list})`)
  await deps.recogniser.reloadAnalytics()
}
