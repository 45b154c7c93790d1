import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { modules } from '#app/module-map.ts'
import { filesOf, type Names } from './new-module-files.ts'

/** `npm run new:module -- NAME`: the smallest whole module, from the contract to the test, and its place in the map. */
function main(): void {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      singular: { type: 'string' },
      tier: { type: 'string', default: '2' },
      root: { type: 'string' },
    },
  })
  const root = values.root ? resolve(values.root) : fileURLToPath(new URL('..', import.meta.url))
  const names = namesOf(positionals[0] ?? '', values.singular)
  const tier = Number(values.tier)
  const fault = faultOf(root, names, tier)
  if (fault) {
    console.error(fault)
    process.exitCode = 1
    return
  }
  for (const [path, text] of Object.entries(filesOf(names, migrationStamp(root)))) {
    const file = join(root, 'src/modules', names.module, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  format(root, names.module)
  addToMap(root, names.module, tier)
  addToArchitecture(root, names.module, tier)
  console.log(nextSteps(names))
}

function namesOf(module: string, given: string | undefined): Names {
  const one = given ?? module.replace(/ies$/, 'y').replace(/([^s])s$/, '$1')
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
  return { module, Module: capital(module), one, One: capital(one), prefix: one.slice(0, 3) }
}

function faultOf(root: string, { module, one }: Names, tier: number): string | undefined {
  if (!/^[a-z][a-z0-9]{2,30}$/.test(module))
    return 'Name the module by a plural noun in small letters: campaigns.'
  if (!/^[a-z][a-z0-9]{2,30}$/.test(one) || one === module)
    return `Give the singular of ${module}: --singular NOUN.`
  if (!Number.isInteger(tier) || tier < 1 || tier > 6) return 'A tier is a number from 1 to 6.'
  if (existsSync(join(root, 'src/modules', module))) return `There is a module ${module} already.`
  return undefined
}

/** Now, or a minute after the latest migration: all modules share one order. */
function migrationStamp(root: string): string {
  const folder = join(root, 'src')
  const stamps = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => /(\d{8}-\d{4})-[^/]*\.sql$/.exec(path)?.[1] ?? '')
    .sort()
  const now = stampOf(new Date())
  const last = stamps.at(-1) ?? ''
  if (now > last) return now
  const [, year, month, day, hour, minute] = /(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)/.exec(last) ?? []
  return stampOf(
    new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute) + 1)),
  )
}

const stampOf = (time: Date) => time.toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-')

/** Where lines break depends on how long the name is. */
function format(root: string, module: string): void {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
  const folder = join('src/modules', module)
  spawnSync(process.execPath, [biome, 'check', '--write', folder], { cwd: root, stdio: 'ignore' })
}

function addToMap(root: string, module: string, tier: number): void {
  const file = join(root, 'src/app/module-map.ts')
  const text = readFileSync(file, 'utf8')
  const end = text.lastIndexOf('} as const satisfies')
  if (end < 0) throw new Error('src/app/module-map.ts no longer ends as expected')
  writeFileSync(file, `${text.slice(0, end)}  ${module}: { tier: ${tier}, uses: [] },\n${text.slice(end)}`)
}

function addToArchitecture(root: string, module: string, tier: number): void {
  const file = join(root, 'ARCHITECTURE.md')
  if (!existsSync(file)) return
  const text = readFileSync(file, 'utf8')
  const rows = (place: RegExp) =>
    text.replace(place, (_all, before: string, table: string, after: string) => {
      const lines = [...table.trimEnd().split('\n'), `| ${tier} | ${module} | – |`]
      const tierOf = (line: string) => Number(/^\| (\d)/.exec(line)?.[1])
      return `${before}${lines.sort((a, b) => tierOf(b) - tierOf(a)).join('\n')}\n${after}`
    })
  writeFileSync(file, rows(/(<!-- module-map -->\n.*\n.*\n)([\s\S]*?)(<!-- \/module-map -->)/))
}

const nextSteps = ({
  module,
  Module,
  one,
  One,
}: Names) => `src/modules/${module} is there (${Object.keys(modules).length + 1} modules now). What is yours:

1. src/app/compose.ts: import { open${Module} } from '#modules/${module}/index.ts', open it after access
     const ${module} = open${Module}({ database, audit: access.audit })
   and add "${module}: ${module}.routes" to the routes.
2. src/modules/access/permissions.ts: '${one}:read' and '${one}:write', with words in both languages.
3. test/wall-matrix/samples.ts: a line per route; things.ts: a ${one} of each workspace.
4. src/app/module-map.ts: its tier, and in "uses" the modules it may call.
5. node tools/gen-openapi.ts, then: npm test -- src/modules/${module} test/architecture.test.ts
6. README.md of the module: what it owns, what it must never do. A page, if people see it: web/pages.tsx (see tags).
   ${One} is a word of the product now: GLOSSARY.md.`

main()
