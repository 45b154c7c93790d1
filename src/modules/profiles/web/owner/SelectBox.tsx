import { Checkbox } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { Profile } from '../../contract.ts'
import { ownerWords } from '../owner-words.ts'
import { peopleWords } from '../people-words.ts'
import type { Selection } from './use-selection.ts'

/** Ticks a row; ticking does not open it. */
export function SelectBox({ person, selection }: { person: Profile; selection: Selection }) {
  const t = useWords(ownerWords)
  const people = useWords(peopleWords)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps the click from the row around it
    // biome-ignore lint/a11y/useKeyWithClickEvents: the box inside is what keys reach
    <span className="people-select" onClick={(event) => event.stopPropagation()}>
      <Checkbox
        checked={selection.has(person.id)}
        onChange={() => selection.toggle(person)}
        aria-label={t('selectOne', { name: person.name ?? people('anonymous') })}
      />
    </span>
  )
}
