import { describeConfig, type Settings } from '#platform/config.ts'

/** `hw config`: every setting, described; secrets masked. */
export function printConfig(settings: Settings, options: { json?: boolean }): void {
  const rows = describeConfig(settings)
  if (options.json) {
    process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`)
    return
  }
  const width = Math.max(...rows.map((row) => row.name.length))
  for (const { name, value, meaning } of rows)
    process.stdout.write(
      `${name.padEnd(width)}  ${value === '' ? '(empty)' : value}\n${' '.repeat(width)}  ${meaning}\n`,
    )
}
