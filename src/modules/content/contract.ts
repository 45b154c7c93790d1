import { defineRoutes } from '#platform/http/define-routes.ts'
import { brandRoutes } from './contract/brand.ts'
import { couponRoutes } from './contract/coupon.ts'
import { linkRoutes } from './contract/link.ts'
import { settingRoutes } from './contract/setting.ts'
import { templateRoutes } from './contract/template.ts'

export const routes = defineRoutes({
  ...templateRoutes,
  ...settingRoutes,
  ...brandRoutes,
  ...couponRoutes,
  ...linkRoutes,
})
