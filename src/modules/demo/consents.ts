import { createHash } from 'node:crypto'

/** Somebody as the story tells of what they said: the id decides, so that a seeding that starts again says the same. */
type Speaking = { id: string; identifiers: readonly { kind: string }[] }
export type DemoConsent = {
  channel: 'email' | 'sms' | 'wechat'
  topic: string | null
  state: 'granted' | 'denied'
  proof: Record<string, string>
}

/** Who was asked: on the form of a trial lesson. */
export const demoSpeaking = { event: 'Trial Booked' }

/** A school that writes until it is told to stop, in the evening at the latest by nine. */
export const demoPolicy = {
  unknown_consent: 'allow',
  quiet_hours: { from: '21:00', to: '09:00' },
  frequency_cap: { messages: 3, days: 7 },
  page: {
    name: { zh: '青禾在线', en: 'Qinghe Online' },
    colour: '#0B6BCB',
    privacyUrl: 'https://www.qinghe.example/privacy',
  },
}

const form = {
  page: 'https://www.qinghe.example/trial',
  text: '我同意接收青禾在线的课程资讯和优惠活动，可随时退订。',
}

/** Six in ten agreed on the form, one in eight refused something, the rest never said anything. */
export function demoConsents({ id, identifiers }: Speaking): DemoConsent[] {
  const digest = createHash('sha256').update(id).digest()
  const dice = (at: number) => (digest[at] as number) / 256
  const has = (kind: string) => identifiers.some((one) => one.kind === kind)
  const said: DemoConsent[] = []
  if (has('phone') && dice(0) < 0.6) said.push({ ...granted('sms', 'promotions'), proof: form })
  if (has('email') && dice(1) < 0.65) said.push({ ...granted('email', 'newsletter'), proof: form })
  if (has('email') && dice(2) < 0.25) said.push({ ...granted('email', 'events'), proof: form })
  if (has('phone') && dice(3) < 0.06)
    said.push({ ...denied('sms', null), proof: { text: '电话回访时要求不再接收短信' } })
  if (has('email') && dice(4) < 0.07)
    said.push({ ...denied('email', 'newsletter'), proof: { text: '邮件偏好：退订资讯' } })
  return said
}

const granted = (channel: DemoConsent['channel'], topic: string) => ({
  channel,
  topic,
  state: 'granted' as const,
})
const denied = (channel: DemoConsent['channel'], topic: string | null) => ({
  ...{ channel, topic },
  state: 'denied' as const,
})

/** What the former mail system had on its list. */
export const demoSuppressions = [
  'address,channel,reason,detail',
  'bounced.one@mail.example,email,hard_bounce,550 5.1.1 user unknown',
  'bounced.two@mail.example,email,hard_bounce,550 5.1.1 user unknown',
  'complained@mail.example,email,complaint,feedback loop',
  'asked.to.stop@mail.example,email,manual,written request',
  '+8613900000001,sms,reply,TD',
  '+8613900000002,sms,invalid,空号',
].join('\n')
