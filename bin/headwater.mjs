#!/usr/bin/env node
// The one entry, in plain JavaScript so that any Node from 20 on can read it: finds Node 24 and hands over.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)

// Commands that are tools of the repository; every other one is parsed by src/main.ts.
const tools = { test: 'tools/run-tests.ts', check: 'tools/check.ts', bench: 'bench/run.ts' }

/** This process's own Node when new enough, else the pinned one that npm installed beside the project. */
function findNode24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  const pinned = fileURLToPath(
    new URL(`node_modules/node-${process.platform}-${process.arch}/bin/node`, root),
  )
  return existsSync(pinned) ? pinned : undefined
}

function explainAndExit() {
  process.stderr.write(
    `Headwater needs Node 24 and this is ${process.version}: run "npm ci" again with network access (it brings ` +
      `Node 24 as an optional package for ${process.platform}-${process.arch}), or install Node 24 from https://nodejs.org.\n`,
  )
  process.exit(1)
}

function run(node) {
  const [command = 'start', ...rest] = process.argv.slice(2)
  const tool = Object.hasOwn(tools, command) ? tools[command] : undefined
  const script = fileURLToPath(new URL(tool ?? 'src/main.ts', root))
  const args = tool ? rest : [command, ...rest]
  const flags = [
    '--disable-warning=ExperimentalWarning',
    '--import',
    new URL('follow-parent.mjs', import.meta.url).href,
  ]
  const child = spawn(node, [...flags, script, ...args], { stdio: 'inherit' })
  forwardSignals(child)
  child.on('error', (error) => {
    process.stderr.write(`Headwater could not be started: ${error.message}\n`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)))
}

// A terminal sends SIGINT to the whole group and npm sends SIGTERM once more: the child stops in order on the
// first one and ignores repeats; we only outlive it to pass on its exit code.
function forwardSignals(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
}

const node = findNode24()
if (node) run(node)
else explainAndExit()
