import type { CompiledBody } from '#modules/content/server/compile/compile-body.ts'
import { openWorkerLink } from '#modules/content/server/render/worker-link.ts'
import type { ChannelKind } from '#slots/channel-kind.ts'

export type Compiler = {
  /** `links`: numbered already, by other languages of the same version. */
  compile(
    channel: ChannelKind,
    body: Record<string, unknown>,
    options: { purpose: string; links?: readonly string[] },
  ): Promise<CompiledBody>
  close(): Promise<void>
}

// MJML takes seconds to load on a busy machine, then some tens of milliseconds for a long mail.
const patienceMs = 30_000

/** One thread for all: previews come one after another, and a text that hangs it costs the next a second. */
export function openCompiler(): Compiler {
  const link = openWorkerLink({ file: new URL('./compile-thread.ts', import.meta.url), heapMb: 256 })
  return {
    compile: async (channel, body, { purpose, links = [] }) => {
      const asked = { channel, body, purpose, links: [...links] }
      const compiled = await link.ask<CompiledBody>(asked, { ms: patienceMs })
      return compiled ?? { parts: [], needs: [], links: [...links], faults: [tooHeavy] }
    },
    close: () => link.close(),
  }
}

const tooHeavy = {
  code: 'too_heavy',
  message: 'This text takes too long to work through; make it smaller.',
  part: 'html',
  line: null,
  stops: true,
}
