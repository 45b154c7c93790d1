import { Link } from '@tanstack/react-router'
import { Avatar } from '#ui/Avatar.tsx'
import { useWords } from '#ui/i18n.ts'
import type { Profile } from '../../contract.ts'
import { peopleWords } from '../people-words.ts'
import { RevealEye } from './RevealEye.tsx'
import { useRevealed } from './reveal-store.ts'
import { revealWords } from './reveal-words.ts'

type Props = { person: Profile; size: number; className?: string }

/** Picture and name of somebody in a list, with an eye where the name is masked; inside of a `RevealProvider`. */
export function PersonName({ person: known, size, className = '' }: Props) {
  const t = useWords(peopleWords)
  const r = useWords(revealWords)
  const person = useRevealed(known)
  return (
    <>
      <Avatar id={person.id} name={person.name} size={size} />
      <Link
        to="/people/$id"
        params={{ id: person.id }}
        className={`hw-clip ${className}${person.name ? '' : ' hw-muted'}`}
        onClick={(event) => event.stopPropagation()}
      >
        {person.name ?? t('anonymous')}
      </Link>
      <RevealEye person={person} field="name" what={r('name')} />
    </>
  )
}
