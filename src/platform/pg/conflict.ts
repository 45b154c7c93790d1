import type { AppError } from '#platform/errors.ts'
import { violates } from '#platform/pg/database.ts'

/** Runs a statement; when it violates the unique constraint, that is told as the conflict it is. */
export const conflictOf =
  (constraint: string, told: (cause: unknown) => AppError) =>
  async <T>(statement: () => Promise<T>): Promise<T> => {
    try {
      return await statement()
    } catch (error) {
      throw violates(error, constraint) ? told(error) : error
    }
  }
