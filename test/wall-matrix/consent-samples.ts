import type { Sample } from './samples.ts'
import type { Things } from './things.ts'

type Sampler = (things: Things, fresh: string) => Sample
const nothing: Sampler = () => ({})
const oneProfile: Sampler = ({ profile }) => ({ params: { id: profile } })
const pageOfOne: Sampler = () => ({ query: { limit: '1' } })

/** A request for every route of consents, topics and suppressions. */
export const consentSamples: Record<string, Sampler> = {
  'consents.change': ({ profile }, fresh) => ({
    params: { id: profile },
    body: { channel: 'email', topic: 'newsletter', state: 'denied', proof: { text: fresh } },
  }),
  'consents.changeMany': ({ profile }, fresh) => ({
    body: { items: [{ profileId: profile, channel: 'sms', state: 'granted', proof: { text: fresh } }] },
  }),
  'consents.ofPerson': oneProfile,
  'consents.history': (things) => ({ ...oneProfile(things, ''), query: { limit: '1' } }),
  'consents.changeCap': ({ profile }) => ({
    params: { id: profile },
    body: { cap: { messages: 1, days: 7 } },
  }),
  'consents.askToConfirm': ({ profile, phone }) => ({
    params: { id: profile },
    body: { channel: 'sms', topic: 'events', address: phone },
  }),
  'consents.listTopics': nothing,
  'consents.createTopic': (_things, fresh) => ({
    body: { key: fresh.toLowerCase().slice(0, 40), name: { zh: fresh, en: fresh }, class: 'marketing' },
  }),
  'consents.changeTopic': ({ topic }, fresh) => ({
    params: { key: topic },
    body: { description: { zh: fresh, en: fresh } },
  }),
  'consents.policy': nothing,
  'consents.savePolicy': () => ({ body: { confirm_days: 9 } }),
  'consents.listSuppressions': pageOfOne,
  'consents.addSuppression': (_things, fresh) => ({
    body: { channel: 'email', address: `${fresh}@example.com` },
  }),
  'consents.removeSuppression': ({ suppression }) => ({ params: { id: suppression } }),
  'consents.importSuppressions': (_things, fresh) => ({ body: { csv: `address\n${fresh}@example.com\n` } }),
  'consents.exportSuppressions': nothing,
}
