import type { Settings } from '#platform/config.ts'
import { AppError } from '#platform/errors.ts'

export async function backupInstance(_settings: Settings, _file: string): Promise<void> {
  throw new AppError('backup.missing', 'invalid', 'not there yet')
}
export async function restoreInstance(_settings: Settings, _file: string): Promise<void> {
  throw new AppError('backup.missing', 'invalid', 'not there yet')
}
