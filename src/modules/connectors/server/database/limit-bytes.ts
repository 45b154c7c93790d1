import type { Socket } from 'node:net'
import { AppError } from '#platform/errors.ts'

/** What one statement may answer. Libraries keep the whole answer in memory, in objects several times as large. */
export const mostAnswerBytes = 64 * 1024 * 1024
// An answer at the speed of a loopback gets some 20 MB beyond the limit.
const lookEveryMs = 10

/** Watches what comes through a socket while a statement is under way. */
export type ByteLimit = {
  /** Runs a statement; when more comes than may, the connection ends and `connection.answer_too_large` is thrown. */
  during<T>(work: () => Promise<T>): Promise<T>
  /** The connection was ended. */
  readonly isOver: boolean
}

export function limitBytes(socket: Socket, most = mostAnswerBytes): ByteLimit {
  let isOver = false
  return {
    get isOver() {
      return isOver
    },
    during: async (work) => {
      const from = socket.bytesRead
      const timer = setInterval(() => {
        if (socket.bytesRead - from <= most) return
        isOver = true
        socket.destroy(tooLarge())
      }, lookEveryMs)
      try {
        return await work()
      } catch (error) {
        throw isOver ? tooLarge() : error
      } finally {
        clearInterval(timer)
      }
    },
  }
}

const tooLarge = () =>
  new AppError(
    'connection.answer_too_large',
    'invalid',
    `One row the SELECT answers is larger than ${mostAnswerBytes / 1024 / 1024} MB: leave out columns that hold files or long texts.`,
    { details: { limit: mostAnswerBytes } },
  )
