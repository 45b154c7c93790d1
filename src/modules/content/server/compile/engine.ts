import { Liquid } from 'liquidjs'
import { dateFilter, moneyFilter, numberFilter } from './filters.ts'
import { outputFilters } from './output-filters.ts'

/** No tag that reads a file, keeps a count between people or prints without a place we could escape for. */
const tags = [
  'assign',
  'for',
  'capture',
  'case',
  'comment',
  'if',
  'raw',
  'unless',
  'break',
  'continue',
  '#',
] as const
/**
 * `raw` prints without escaping, the `_exp` filters evaluate texts of people as Liquid, `date` of LiquidJS allots what
 * `%5000000d` asks for (CVE-2026-45357); random ones would say something else at every try.
 */
const filters = [
  ...[
    'append',
    'prepend',
    'capitalize',
    'upcase',
    'downcase',
    'strip',
    'lstrip',
    'rstrip',
    'strip_newlines',
    'squish',
  ],
  ...[
    'truncate',
    'truncatewords',
    'replace',
    'replace_first',
    'remove',
    'remove_first',
    'split',
    'join',
    'strip_html',
  ],
  ...[
    'first',
    'last',
    'size',
    'slice',
    'sort',
    'sort_natural',
    'reverse',
    'uniq',
    'compact',
    'map',
    'where',
    'sum',
  ],
  ...[
    'plus',
    'minus',
    'times',
    'divided_by',
    'modulo',
    'round',
    'ceil',
    'floor',
    'abs',
    'at_least',
    'at_most',
  ],
  ...['default', 'concat', 'json', 'url_encode', 'slugify'],
] as const

/** What one person's text may cost; the worker is killed when these are got around. */
const limits = { parseLimit: 600_000, renderLimit: 300, memoryLimit: 4_000_000 }

const refuse = () => {
  throw new Error('Templates read no files.')
}

/** Liquid with what operators need and nothing that reaches out of the text. */
export function createEngine(): Liquid {
  const engine = new Liquid({
    ...limits,
    ownPropertyOnly: true,
    strictFilters: true,
    dynamicPartials: false,
    relativeReference: false,
    templates: {},
    fs: {
      exists: async () => false,
      existsSync: () => false,
      readFile: async () => refuse(),
      readFileSync: () => refuse(),
      resolve: () => refuse(),
    },
  })
  keepOnly(engine.tags, tags)
  keepOnly(engine.filters, filters)
  for (const [name, filter] of Object.entries({
    ...outputFilters,
    date: dateFilter,
    money: moneyFilter,
    number: numberFilter,
    // Escaping is by place already; twice would show.
    escape: (value: unknown) => value,
  }))
    engine.registerFilter(name, filter)
  return engine
}

function keepOnly(all: Record<string, unknown>, names: readonly string[]): void {
  for (const name of names) if (!all[name]) throw new Error(`LiquidJS has no ${name} any more`)
  for (const name of Object.keys(all)) if (!names.includes(name)) delete all[name]
}
