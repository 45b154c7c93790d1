import { Command } from 'commander'
import { backupInstance, restoreInstance } from '#app/backup.ts'
import { buildWebIfStale } from '#app/build-web.ts'
import { collectAlone } from '#app/collector/collect-alone.ts'
import { createInstance, createWorkspaceByServer, type WorkspaceOptions } from '#app/create-workspace.ts'
import { runDemo } from '#app/demo.ts'
import { runDoctor } from '#app/doctor.ts'
import { printConfig } from '#app/print-config.ts'
import { serve } from '#app/serve.ts'
import { askServer } from '#app/server-link.ts'
import { readConfig } from '#platform/config.ts'
import { AppError } from '#platform/errors.ts'

type Env = Record<string, string | undefined>

/** Parses and runs one command; answers the exit code. Results go to stdout, everything else to stderr. */
export async function runCli(args: readonly string[], env: Env): Promise<number> {
  try {
    await program(env).parseAsync(['node', 'hw', ...args])
    return 0
  } catch (error) {
    if (isUsage(error)) return error.exitCode
    if (!(error instanceof AppError)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
}

const isUsage = (error: unknown): error is { exitCode: number } =>
  error instanceof Error && error.constructor.name === 'CommanderError'

function program(env: Env): Command {
  const config = () => readConfig(env)
  const hw = new Command('hw').description('Headwater: one program, one data folder').exitOverride()
  hw.command('start')
    .description('run the server; the first visit sets up the owner')
    .action(() => {
      buildWebIfStale()
      return serve(config())
    })
  hw.command('collect')
    .description(
      'only take events in, for an instance whose main program runs elsewhere on the same DATABASE_URL',
    )
    .action(() => collectAlone(config()))
  hw.command('demo')
    .description('run the server with a demo workspace and a gentle live stream')
    .option('--people <n>', 'people of the demo company', Number)
    .option('--events <n>', 'events of the past 180 days', Number)
    .action((options: { people?: number; events?: number }) => {
      buildWebIfStale()
      return runDemo(config(), options)
    })
  withOwner(
    hw.command('init').description('set up an empty instance: first workspace, owner and keys'),
  ).action((options: WorkspaceOptions) => createInstance(config(), options))
  const workspace = hw.command('workspace').description('workspaces of this instance')
  withOwner(workspace.command('create').description('one more workspace')).action(
    (options: WorkspaceOptions) => createWorkspaceByServer(config(), options),
  )
  hw.command('config')
    .description('every setting: value, meaning')
    .option('--json')
    .action((options: { json?: boolean }) => printConfig(config(), options))
  hw.command('rebuild')
    .description('build ClickHouse anew from its sources in Postgres')
    .action(() => askServer(config(), 'rebuild', {}))
  hw.command('backup <file>')
    .description('write a backup of a running instance to a file (.tar.gz)')
    .action((file: string) => backupInstance(config(), file))
  hw.command('restore <file>')
    .description('restore a backup into an empty data folder')
    .option('--erasures <file>', 'erasures.ndjson of the folder left behind: who was erased since the backup')
    .action((file: string, options: { erasures?: string }) => restoreInstance(config(), file, options))
  hw.command('doctor')
    .description('check this machine and the data folder')
    .action(() => runDoctor(config()))
  return hw
}

function withOwner(command: Command): Command {
  return command
    .requiredOption('--workspace <name>', 'name of the workspace')
    .requiredOption('--email <mail>', 'mail address of the owner')
    .requiredOption('--password <password>', 'password of the owner, at least 8 characters')
    .option('--timezone <tz>', 'IANA time zone of the workspace', 'Asia/Shanghai')
    .option('--country <code>', 'ISO country that local phone numbers are read in', 'CN')
    .option('--json', 'print the keys as one JSON line')
}
