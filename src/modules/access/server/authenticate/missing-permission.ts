import { type PermissionInfo, permissions } from '#modules/access/permissions.ts'
import { AppError } from '#platform/errors.ts'

const known: Record<string, PermissionInfo> = permissions

/** 403 that says in words what is missing; `permission` in the details is for programs. */
export function missingPermission(permission: string): AppError {
  const info = Object.hasOwn(known, permission) ? known[permission] : undefined
  const sentence = info
    ? `This needs the permission “${info.label.en}” (${permission}).`
    : 'This is for the command line on the server alone.'
  return new AppError('access.denied', 'denied', sentence, { details: { permission } })
}
