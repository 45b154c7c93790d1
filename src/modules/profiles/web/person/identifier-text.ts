import { findWord, type Words } from '#ui/i18n.ts'
import type { Identifier } from '../../contract.ts'
import { personWords } from '../person-words.ts'

/** The four built-in kinds have words; a workspace's own kinds carry their own name. */
export const kindText = (kind: string): string => findWord(personWords as Words, `kind.${kind}`) ?? kind

export const identifierKey = ({ kind, value }: Identifier): string => `${kind}:${value}`
