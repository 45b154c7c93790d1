import { use } from 'react'
import type { Profile } from '../../contract.ts'
import { Eye } from './Eye.tsx'
import { RevealContext } from './reveal-store.ts'

type Props = {
  person: Pick<Profile, 'id' | 'masked'>
  /** Name of an attribute, kind of an identifier, or `name`. */
  field: string
  /** What it is called on screen. */
  what: string
}

/** The eye behind a masked value: shows the full one in this view. Nothing where the value is whole. */
export function RevealEye({ person, field, what }: Props) {
  const { reveal } = use(RevealContext)
  if (!person.masked.includes(field)) return null
  return <Eye what={what} reveal={() => reveal(person.id, field)} />
}
