import { defineRoutes } from '#platform/http/define-routes.ts'
import { settingRoutes } from './contract/setting.ts'
import { templateRoutes } from './contract/template.ts'

export const routes = defineRoutes({ ...templateRoutes, ...settingRoutes })
