import { createHmac } from 'node:crypto'
import type { Mask } from '#modules/profiles/server/masking/mask.ts'
import { maskMail, maskPhone, maskText, tailFrom } from '#modules/profiles/server/masking/mask-value.ts'

/**
 * A whole value somebody asks for; `kind` is the kind of an identifier or the name of an attribute. `personal`: it is
 * known to be, whatever it is called.
 */
export type Guess = { kind: string; value: string; personal?: boolean }

/** What is counted of a guess: the value, and how it looks when it is masked. */
export type Counted = { value: string; look: string; most: number }

/**
 * Of values with one look: whoever wants to read somebody's 138****8000 asks among ten thousand numbers, all of them
 * of that look, whatever the way of asking. A list of customers holds hardly two such numbers (5,000 mobiles have some
 * 450,000 looks; of a million, at most some 13 share one), so what a list may be asked for is limited by the look.
 */
const mostOfLook = 30
/** Mail addresses and texts hide more than four digits, and lists have hundreds of `1***@qq.com`. */
const mostOfOpenLook = 1000

/** Those of the guesses that are about personal data; the others anybody may ask. */
export const personalAmong = (mask: Mask, guesses: readonly Guess[]): Guess[] =>
  guesses.filter(
    ({ kind, value, personal }) =>
      value.trim() !== '' &&
      (personal || mask.isKind(kind) || mask.isNamed(kind) || mask.text(value) !== value),
  )

/** Counts each value once, in whatever spelling and under whatever name it is asked for. */
export function countedOf(key: Buffer, workspace: number, guesses: readonly Guess[]): Counted[] {
  const found = new Map<string, Counted>()
  const number = (text: string) =>
    createHmac('sha256', key).update(`${workspace} ${text}`).digest().readBigInt64BE(0).toString()
  for (const { value: given } of guesses) {
    const value = spelled(given)
    const [look, most] = lookOf(value)
    const name = number(value)
    if (!found.has(name)) found.set(name, { value: name, look: number(`look ${look}`), most })
  }
  return [...found.values()]
}

const digitsOf = (text: string) => text.replace(/\D/g, '').replace(/^(00)?86(?=1[3-9]\d{9}$)/, '')
const isNumber = (text: string) => /^\+?[\d\s().-]+$/.test(text) && text.replace(/\D/g, '').length >= tailFrom

/** One spelling: a number by its digits, with the country's where it is another. */
function spelled(given: string): string {
  const text = given.trim().normalize('NFC').toLowerCase()
  if (!isNumber(text)) return text
  const digits = digitsOf(text)
  return /^1[3-9]\d{9}$/.test(digits) || !text.startsWith('+') ? digits : `+${digits}`
}

function lookOf(value: string): [look: string, most: number] {
  if (isNumber(value)) return [maskPhone(value), mostOfLook]
  return [value.includes('@') ? maskMail(value) : maskText(value), mostOfOpenLook]
}
