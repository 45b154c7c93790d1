import type { Household } from '../household-contract.ts'
import type { householdWords } from './household-words.ts'

type Say = (key: keyof typeof householdWords.zh, values?: Record<string, unknown>) => string

/** What a household is called: its name, else by its main contact or whoever stands first. */
export function householdName({ name, people }: Pick<Household, 'name' | 'people'>, t: Say): string {
  if (name) return name
  const first = people.find((one) => one.name !== null)?.name
  return first ? t('nameless', { name: first }) : t('unnamed')
}
