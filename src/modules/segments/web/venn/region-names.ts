import type { Rule } from '#modules/rules/contract.ts'

/** The rule of one region: in all of `inside`, in none of the others. */
export function regionRule(segments: readonly string[], inside: readonly number[]): Rule {
  return {
    all: segments.map((segment, i): Rule => (inside.includes(i) ? { segment } : { not: { segment } })),
  }
}

/** Names of the segments a region is in, and of those it is not in. */
export function regionNames(names: readonly string[], inside: readonly number[]) {
  return {
    inside: names.filter((_, i) => inside.includes(i)),
    outside: names.filter((_, i) => !inside.includes(i)),
  }
}
