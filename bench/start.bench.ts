import { startProgram } from '#bench/program.ts'
import type { Row, Scenario } from '#bench/scenario.ts'

/** From the command to the first answered request, and what it holds when nothing happens. */
export const coldStart: Scenario = {
  name: 'start',
  what: 'existing data folder → ready; memory when idle',
  run: async () => {
    const rows: Row[] = []
    for (const size of ['first', 'second']) {
      const program = await startProgram()
      await new Promise((resolve) => setTimeout(resolve, 3000))
      rows.push({
        size: `${size} run`,
        figures: { 'ready, ms': program.readyMs, 'memory of the tree, MB': program.memory() },
      })
      await program.stop()
    }
    return rows
  },
}
