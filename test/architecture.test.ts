import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { modules } from '#app/module-map.ts'

const root = resolve(import.meta.dirname, '..')
type Source = { path: string; text: string; imports: string[] }

const sources = listSources(join(root, 'src'))

function listSources(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name)
      const text = readFileSync(file, 'utf8')
      return { path: relative(root, file), text, imports: importsOf(text, file) }
    })
}

/** Import targets as paths from the root (types count); packages as they are. */
function importsOf(text: string, file: string): string[] {
  const found = [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g,
    ),
  ]
  return found.map(([, fixed, dynamic]) => {
    const target = (fixed ?? dynamic) as string
    if (target.startsWith('.')) return relative(root, resolve(file, '..', target))
    return target.replace(/^#(app|platform|slots|modules|ui|web)\//, 'src/$1/').replace(/^#test\//, 'test/')
  })
}

const isTest = (path: string) => /\.test\.tsx?$/.test(path) || path.includes('/testing/')
const moduleOf = (path: string) => /^src\/modules\/([^/]+)\//.exec(path)?.[1]
const inWeb = (path: string) => /^src\/(ui|web)\//.test(path) || /^src\/modules\/[^/]+\/web\//.test(path)
const always = new Set(['access', 'rules'])

function faultsOf({ path, imports }: Source): string[] {
  return imports.flatMap((target) => {
    const reason = whyNot(path, target)
    return reason ? [`${path} → ${target}: ${reason}`] : []
  })
}

function whyNot(from: string, to: string): string | undefined {
  if (!to.startsWith('src/')) return undefined
  if (from.startsWith('src/platform/') && !to.startsWith('src/platform/'))
    return 'platform knows nothing above it'
  if (from.startsWith('src/slots/') && !/^src\/(slots|platform)\//.test(to))
    return 'slots know only the platform'
  if (from.startsWith('src/ui/') && !to.startsWith('src/ui/')) return 'the design kit knows no routes'
  if (!from.startsWith('src/app/') && from !== 'src/main.ts' && to.startsWith('src/app/'))
    return 'only main imports app'
  if (!inWeb(from) && inWeb(to)) return 'server code never imports web code'
  return whyNotModule(from, to)
}

function whyNotModule(from: string, to: string): string | undefined {
  const [mine, theirs] = [moduleOf(from), moduleOf(to)]
  if (inWeb(from) && /\/server\/|\/index\.ts$/.test(to) && theirs) return 'web code never imports server code'
  if (!theirs || mine === theirs) return undefined
  if (inWeb(from) && inWeb(to))
    return from.startsWith('src/web/') || to.endsWith('/web/shared.tsx') ? undefined : webEdge(mine, theirs)
  // tracking.ts and write-keys.ts are what a collector process loads of two modules, which must be little.
  if (!/^src\/modules\/[^/]+\/(contract|index|module|permissions|tracking|write-keys)\.ts$/.test(to))
    return 'use index.ts or contract.ts'
  if (from.startsWith('src/app/') || from.startsWith('src/web/') || always.has(theirs) || inWeb(from))
    return undefined
  return declared(mine, theirs)
}

function declared(mine: string | undefined, theirs: string): string | undefined {
  if (!mine) return undefined
  const known = modules[mine as keyof typeof modules] as { uses: readonly string[] } | undefined
  return known?.uses.includes(theirs)
    ? undefined
    : `edge ${mine} → ${theirs} is not declared in app/module-map.ts`
}

// Screens of one module may show parts of another's (a rule editor, a person's name) along the declared edges or up.
const webEdge = (mine: string | undefined, theirs: string) =>
  mine && Object.hasOwn(modules, theirs) ? undefined : 'unknown module'

test('every import follows the module map', () => {
  expect(sources.length).toBeGreaterThan(100)
  expect(sources.filter((one) => !isTest(one.path)).flatMap(faultsOf)).toEqual([])
})

test('declared edges point strictly downwards', () => {
  const wrong = Object.entries(modules).flatMap(([name, { tier, uses }]) =>
    uses
      .filter((used) => modules[used as keyof typeof modules].tier >= tier)
      .map((used) => `${name} → ${used}`),
  )
  expect(wrong).toEqual([])
})

test('every module folder is in the map', () => {
  expect(readdirSync(join(root, 'src/modules')).sort()).toEqual(Object.keys(modules).sort())
})

test('file names say what is inside', () => {
  const banned = sources.filter((one) =>
    /\/(utils?|helpers?|types|common|manager|misc|\w+V2)\.tsx?$/.test(one.path),
  )
  expect(banned.map((one) => one.path)).toEqual([])
})

// The ratchet: nothing over 500 lines, ever.
test('no file is longer than 500 lines', () => {
  const long = sources.filter((one) => one.text.split('\n').length > 500)
  expect(long.map((one) => one.path)).toEqual([])
})

test('a module names only its own schema in SQL, or what is published in read and platform', () => {
  const schemas = Object.keys(modules)
  const pattern = new RegExp(
    `\\b(?:from|join|into|update|table|using|on)\\s+(${schemas.join('|')})\\.[a-z_]+`,
    'gi',
  )
  const faults = listSql().flatMap(({ path, text }) => {
    const own = moduleOf(path)
    const foreign = [...text.matchAll(pattern)]
      .map((match) => match[1])
      .filter((schema) => own && schema !== own)
    return foreign.map((schema) => `${path} names schema ${schema}`)
  })
  expect(faults).toEqual([])
})

function listSql() {
  const files = readdirSync(join(root, 'src/modules'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.sql'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(root, file), text: readFileSync(file, 'utf8') }))
  return [...files, ...sources.filter((one) => !isTest(one.path) && !inWeb(one.path))]
}

test('median file length stays small', () => {
  const lengths = sources.map((one) => one.text.split('\n').length).sort((a, b) => a - b)
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(110)
})
