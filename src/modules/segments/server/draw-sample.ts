import { unitsOfSql } from '#modules/profiles/index.ts'
import type { CompileEnv } from '#modules/rules/index.ts'

/** One strip of this many is read. */
export const oneIn = 20
// Ten strips in a sample. More would lie closer together than the places (granules of 8192 rows) that are read whole:
// of 20 M events one person in 16 took 280 ms of CPU in 8 strips, 380 in 16, 550 in 31, 840 in 62; everybody 1,520.
const stripsInAll = oneIn * 10
/** Numbers are looked at in at most this many blocks of equal width; a strip is made of whole ones. */
const mostBlocks = 4096

/** How many people have a number in the block: `intDiv(person, width)`. */
export type Block = { block: number; people: number }
/** Strips of neighbouring numbers, each a list of blocks: what of all people is read, and how many they are. */
export type Sample = { width: number; strips: number[][]; people: number }

/** Width of the blocks for numbers from `first` to `last`. */
export function blockWidth(first: number, last: number): number {
  return Math.max(1, Math.ceil((last - first + 1) / mostBlocks))
}

/**
 * Every twentieth strip, from `start` on. All people lie in exactly one strip, strips hold about as many people each
 * (others may use the numbers in between), and every strip is drawn by exactly one of the twenty starts: so twenty
 * times what is found is on average exactly what there is, however people are spread.
 */
export function drawSample(blocks: readonly Block[], width: number, start: number): Sample {
  const everyone = blocks.reduce((sum, one) => sum + one.people, 0)
  const strips: number[][] = []
  let before = 0
  for (const { block, people } of blocks.toSorted((a, b) => a.block - b.block)) {
    const strip = Math.floor((before * stripsInAll) / everyone)
    strips[strip] = [...(strips[strip] ?? []), block]
    before += people
  }
  const drawn: number[][] = []
  for (let strip = start % oneIn; strip < stripsInAll; strip += oneIn) drawn.push(strips[strip] ?? [])
  const read = new Set(drawn.flat())
  const people = blocks.reduce((sum, one) => sum + (read.has(one.block) ? one.people : 0), 0)
  return { width, strips: drawn, people }
}

/** The same rule over the people of the sample only, all their events included. */
export function overSample(env: CompileEnv, sample: Sample, database: string): CompileEnv {
  const isMeant = (person: string): string =>
    `intDiv(${person}, {sample_width:UInt64}) IN {sample_blocks:Array(UInt64)}`
  const params = { sample_width: sample.width, sample_blocks: sample.strips.flat() }
  const units = unitsOfSql(database)(isMeant, 'unit')
  return { ...env, sample: { persons: isMeant('person'), units, params } }
}

// Student's t for 95 % at the six or so degrees of freedom that nine overlapping differences are worth.
const spread95 = 2.45

/**
 * The estimate and its margin, from how many were found per block. The spread of such an every-twentieth sample shows
 * in the differences of neighbouring strips; it is never told smaller than if every person had been drawn alone, which
 * also keeps the margin of "nobody found" from being nothing.
 */
export function estimateFrom(
  sample: Sample,
  found: ReadonlyMap<number, number>,
): { count: number; margin: number } {
  const perStrip = sample.strips.map((blocks) =>
    blocks.reduce((sum, block) => sum + (found.get(block) ?? 0), 0),
  )
  const hits = perStrip.reduce((sum, one) => sum + one, 0)
  const strips = perStrip.length
  const squares = perStrip.slice(1).reduce((sum, one, at) => sum + (one - (perStrip[at] ?? 0)) ** 2, 0)
  const ofStrips = (strips * squares) / (2 * (strips - 1))
  const drawnAlone = hits * Math.max(0, 1 - hits / sample.people) + 1
  const variance = Math.max(ofStrips, drawnAlone) * (1 - 1 / oneIn)
  return { count: hits * oneIn, margin: Math.ceil(spread95 * oneIn * Math.sqrt(variance)) }
}
