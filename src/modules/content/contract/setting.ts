import { z } from 'zod'
import type { RouteTable } from '#platform/http/define-routes.ts'

export const SmsSetting = z.object({
  /** Put in front as 【…】; without the brackets. */
  signature: z
    .string()
    .trim()
    .max(20)
    .regex(/^[^【】]*$/),
  /** Put behind marketing messages: 拒收请回复R. */
  unsubscribe: z.string().trim().max(40),
})

export const settingRoutes = {
  getSms: {
    get: '/api/content-settings/sms',
    access: 'content:read',
    summary: 'How text messages are signed and left',
    returns: SmsSetting,
  },
  setSms: {
    put: '/api/content-settings/sms',
    access: 'content:publish',
    summary: 'Say how text messages are signed and left; holds for everything sent from now on',
    body: SmsSetting,
    returns: SmsSetting,
  },
} as const satisfies RouteTable
