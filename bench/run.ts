import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { analytics } from '#bench/analytics.bench.ts'
import { baselines } from '#bench/baselines.bench.ts'
import { cleaning } from '#bench/cleaning.bench.ts'
import { burst, sustained } from '#bench/collect.bench.ts'
import { content } from '#bench/content.bench.ts'
import { freshness } from '#bench/freshness.bench.ts'
import { imports } from '#bench/imports.bench.ts'
import { kept } from '#bench/kept.bench.ts'
import { knownPeople } from '#bench/known.bench.ts'
import { questions } from '#bench/questions.bench.ts'
import { type Scenario, table } from '#bench/scenario.ts'
import { coldStart } from '#bench/start.bench.ts'

const scenarios: readonly Scenario[] = [
  coldStart,
  burst,
  sustained,
  freshness,
  questions,
  knownPeople,
  analytics,
  baselines,
  kept,
  imports,
  cleaning,
  content,
]
const page = new URL('../docs/benchmarks.md', import.meta.url)

/** `npm run bench -- [names] [--quick] [--write]`: measures, prints the tables, with --write puts them into the docs. */
async function main(args: readonly string[]): Promise<void> {
  const quick = args.includes('--quick')
  const names = args.filter((arg) => !arg.startsWith('--'))
  const unknown = names.filter((name) => !scenarios.some((scenario) => scenario.name === name))
  if (unknown.length > 0)
    throw new Error(
      `unknown: ${unknown.join(', ')}; there are ${scenarios.map((one) => one.name).join(', ')}`,
    )
  for (const scenario of scenarios.filter((one) => names.length === 0 || names.includes(one.name))) {
    const text = table(scenario, await scenario.run({ quick }))
    console.log(`\n${text}\n`)
    if (args.includes('--write') && !quick) write(scenario.name, text)
  }
}

/** Replaces the scenario's block between its markers. */
function write(name: string, text: string): void {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`
  const block = `<!-- ${name} -->\n${text}\n\n${machine}\n<!-- /${name} -->`
  const before = readFileSync(page, 'utf8')
  const pattern = new RegExp(`<!-- ${name} -->[\\s\\S]*<!-- /${name} -->`)
  writeFileSync(
    page,
    pattern.test(before) ? before.replace(pattern, () => block) : `${before.trimEnd()}\n\n${block}\n`,
  )
}

await main(process.argv.slice(2))
