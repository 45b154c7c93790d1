import { z } from 'zod'

/** Liquid texts; the whole of a body is limited again when it is compiled. */
const line = (max: number) => z.string().max(max)
const Url = line(2000)
/** No object's own machinery can be named. */
const Key = z
  .string()
  .regex(/^[\w.-]{1,64}$/)
  .refine((key) => !['__proto__', 'constructor', 'prototype'].includes(key))

/** MJML, or HTML as it is; text is made from it where none is given. */
export const EmailBody = z.object({
  subject: line(500).default(''),
  /** Shown after the subject in the inbox. */
  preheader: line(500).default(''),
  mjml: line(400_000).optional(),
  html: line(400_000).optional(),
  text: line(100_000).optional(),
})
export const SmsBody = z.object({ text: line(2000).default('') })
const PushBody = z.object({
  title: line(200).default(''),
  body: line(1000).default(''),
  image: Url.optional(),
  url: Url.optional(),
})
const WechatBody = z.object({
  kind: z.enum(['template', 'customer_service']).default('template'),
  /** Number of the template at WeChat, for `template`. */
  templateId: line(100).optional(),
  data: z.record(Key, line(500)).optional(),
  url: Url.optional(),
  /** A text, or a card with title, description and picture, for `customer_service`. */
  text: line(2000).optional(),
  title: line(200).optional(),
  description: line(500).optional(),
  image: Url.optional(),
})
const OnsiteBody = z.object({
  kind: z.enum(['banner', 'popup']).default('banner'),
  position: z.enum(['top', 'bottom', 'center']).default('bottom'),
  title: line(200).default(''),
  text: line(1000).default(''),
  image: Url.optional(),
  button: line(60).optional(),
  url: Url.optional(),
  colour: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .optional(),
})
const WebhookBody = z.object({
  /** JSON with Liquid in it. */
  body: line(100_000).default(''),
})

/** What a variant of a template says, by channel. */
export const bodies = {
  email: EmailBody,
  sms: SmsBody,
  push: PushBody.extend({ data: z.record(Key, line(500)).optional() }),
  web_push: PushBody.extend({ icon: Url.optional() }),
  wechat: WechatBody,
  onsite: OnsiteBody,
  webhook: WebhookBody,
} as const
export type Bodies = { [C in keyof typeof bodies]: z.infer<(typeof bodies)[C]> }
export type Body = Bodies[keyof Bodies]
