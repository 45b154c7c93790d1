import { type SpawnOptions, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** How PostgreSQL, which refuses to run as root, is started on this machine. */
export type RunAs =
  | { how: 'self' }
  | { how: 'namespace'; uid: number; gid: number }
  | { how: 'user'; uid: number; gid: number; name: string }

export type Account = { name: string; uid: number; gid: number }

/** The way that needs least: as ourselves; mapped inside a user namespace; as an unprivileged account. */
export function chooseRunAs(accounts = unprivilegedAccounts()): RunAs | undefined {
  if (process.getuid?.() !== 0) return { how: 'self' }
  const account = accounts[0]
  if (!account) return undefined
  const { name, uid, gid } = account
  // Files stay owned by root and lie where they are, even below a 0700 folder: inside, root is that account.
  return canMap(account) ? { how: 'namespace', uid, gid } : { how: 'user', uid, gid, name }
}

/** The command line and spawn options that start `program` that way. */
export function launchAs(runAs: RunAs, program: string, args: string[]) {
  if (runAs.how === 'namespace')
    return { command: 'unshare', args: [...mapFlags(runAs), program, ...args], options: {} }
  const options: SpawnOptions = runAs.how === 'user' ? { uid: runAs.uid, gid: runAs.gid } : {}
  return { command: program, args, options }
}

/** Accounts that exist on this machine and own no privilege, the likeliest first. */
export function unprivilegedAccounts(passwd = readFileSync('/etc/passwd', 'utf8')): Account[] {
  const entries = passwd.split('\n').map((line) => line.split(':'))
  return ['postgres', 'nobody'].flatMap((name) => {
    const entry = entries.find((fields) => fields[0] === name)
    return entry ? [{ name, uid: Number(entry[2]), gid: Number(entry[3]) }] : []
  })
}

// unshare replaces itself by the program (no --fork), so the pid we spawn is the program's own.
function mapFlags({ uid, gid }: { uid: number; gid: number }): string[] {
  return ['-U', `--map-user=${uid}`, `--map-group=${gid}`]
}

function canMap(account: Account): boolean {
  return spawnSync('unshare', [...mapFlags(account), 'true'], { stdio: 'ignore' }).status === 0
}
