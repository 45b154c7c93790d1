import { type PermissionInfo, permissions } from '#modules/access/permissions.ts'
import { defineWords, type Language } from '#ui/i18n.ts'

const inLanguage = (language: Language) =>
  Object.fromEntries(
    Object.entries<PermissionInfo>(permissions).map(([id, { label }]) => [id, label[language]]),
  )

/** Permissions by id, as the roles' page calls them; `problemText` names a missing one by these. */
export const permissionWords = defineWords('permission', { zh: inLanguage('zh'), en: inLanguage('en') })
