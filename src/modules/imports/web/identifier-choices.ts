import type { Words } from '#ui/i18n.ts'
import { findWord } from '#ui/i18n.ts'
import type { ImportKind } from '../contract.ts'
import { importWords } from './import-words.ts'

const builtIn = ['user_id', 'email', 'phone', 'anonymous_id']

const ofCompanies = ['external_id', 'domain', 'name']

/** By what companies are known. */
export const companyKeyChoices = () =>
  ofCompanies.map((kind) => ({
    value: kind,
    label: findWord(importWords as Words, `companyKey.${kind}`) ?? kind,
  }))
export const isCompanyKey = (kind: string): boolean => ofCompanies.includes(kind)

/** Kinds of identifier to choose from; own ones by their plain name. */
export const identifierChoices = (also: readonly string[]) =>
  [...new Set([...builtIn, ...also])].map((kind) => ({
    value: kind,
    label: findWord(importWords as Words, `identifier.${kind}`) ?? kind,
  }))

/** A kind of key in the reader's words. */
export const keyText = (of: ImportKind, kind: string): string =>
  findWord(importWords as Words, `${of === 'companies' ? 'companyKey' : 'identifier'}.${kind}`) ?? kind
