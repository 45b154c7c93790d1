import { Link } from '@tanstack/react-router'
import { Avatar } from '#ui/Avatar.tsx'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import type { HouseholdPerson } from '../household-contract.ts'
import { householdWords } from './household-words.ts'

/** Who is in it, as what. `except`: somebody whose page this is. */
export function HouseholdPeople({ people, except }: { people: HouseholdPerson[]; except?: string }) {
  const t = useWords(householdWords)
  return (
    <ul className="company-list">
      {people
        .filter((one) => one.id !== except)
        .map((one) => (
          <li key={one.id}>
            <Avatar id={one.id} name={one.name} size={26} />
            <span className="company-list-main">
              <Link to="/people/$id" params={{ id: one.id }} className="company-name hw-clip">
                {one.name ?? t('anonymous')}
              </Link>
            </span>
            {one.main && (
              <span className="hw-pill hw-pill-river" title={t('main')}>
                {t('mainShort')}
              </span>
            )}
            <span className="hw-pill">{t(`role.${one.role}`)}</span>
            <span className="hw-fine">
              <TimeText value={one.lastSeen} />
            </span>
          </li>
        ))}
    </ul>
  )
}
