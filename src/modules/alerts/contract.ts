import { defineRoutes } from '#platform/http/define-routes.ts'
import { alertRoutes } from './contract/alert.ts'

export const routes = defineRoutes(alertRoutes)
