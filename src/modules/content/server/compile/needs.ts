import type { Liquid } from 'liquidjs'
import type { Need } from '#modules/content/contract/template.ts'
import { cutPieces } from './pieces.ts'

/** Values there are. */
export const roots = ['person', 'event', 'workspace', 'links', 'coupon', 'journey', 'now']

/** What a text asks for: read out of what LiquidJS understood, not guessed from its letters. */
export function needsOf(engine: Liquid, sources: readonly string[]): Need[] {
  const found = new Map<string, { fallbacks: (string | null)[]; asked: boolean }>()
  for (const source of sources) {
    const globals = new Set(pathsOf(engine, source))
    for (const path of globals) found.set(path, found.get(path) ?? { fallbacks: [], asked: false })
    for (const piece of cutPieces(engine, source)) {
      if (piece.kind === 'text' || /^(end|else$|break|continue|raw)/.test(piece.name)) continue
      if (piece.kind === 'tag') {
        for (const path of conditionPaths(engine, piece.source)) {
          const one = found.get(path)
          if (one) one.asked = true
        }
        continue
      }
      const fallback = fallbackOf(piece.source)
      const [first] = pathsOf(engine, piece.source)
      if (first) found.get(first)?.fallbacks.push(fallback)
    }
  }
  return [...found]
    .map(([path, { fallbacks, asked }]) => {
      const bare = fallbacks.includes(null)
      return {
        path,
        fallback: bare ? null : (fallbacks.find((one) => one !== null) ?? null),
        optional: asked || fallbacks.length === 0,
      }
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

function pathsOf(engine: Liquid, source: string): string[] {
  return engine
    .globalVariableSegmentsSync(engine.parse(source))
    .map((segments) => segments.filter((one) => typeof one === 'string' || typeof one === 'number').join('.'))
    .filter((path) => path !== '' && !path.startsWith('__'))
}

/** The paths a tag asks about, whatever closes it. */
function conditionPaths(engine: Liquid, tag: string): string[] {
  const inside = tag.replace(/^\{%-?\s*|\s*-?%\}$/g, '')
  const condition = /^(if|elsif|unless)\s+([\s\S]*)$/.exec(inside)?.[2]
  if (condition) return pathsOf(engine, `{% if ${condition} %}{% endif %}`)
  const subject = /^case\s+([\s\S]*)$/.exec(inside)?.[1]
  return subject ? pathsOf(engine, `{{ ${subject} }}`) : []
}

/** What `default` says where it is a text or a number. */
function fallbackOf(output: string): string | null {
  const given = /\|\s*default\s*:\s*("([^"]*)"|'([^']*)'|[\w.-]+)/.exec(output)
  return given ? (given[2] ?? given[3] ?? given[1] ?? '') : null
}
