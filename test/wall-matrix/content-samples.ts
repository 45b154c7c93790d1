import type { Sample } from './samples.ts'
import type { Things } from './things.ts'

type Sampler = (things: Things, fresh: string) => Sample
const nothing: Sampler = () => ({})
const oneTemplate: Sampler = ({ template }) => ({ params: { id: template } })

/** A request for every route of templates and what stands in them. */
export const contentSamples: Record<string, Sampler> = {
  'content.list': () => ({ query: { limit: '1' } }),
  'content.get': oneTemplate,
  'content.create': (_things, fresh) => ({ body: { channel: 'sms', name: fresh, text: `Hello ${fresh}` } }),
  'content.update': ({ template }, fresh) => ({ params: { id: template }, body: { name: fresh } }),
  'content.saveDraft': ({ template }, fresh) => ({
    params: { id: template, language: 'en' },
    body: { body: { text: fresh } },
  }),
  'content.removeDraft': ({ wordyTemplate }) => ({ params: { id: wordyTemplate, language: 'fr' } }),
  'content.publish': oneTemplate,
  'content.copy': ({ template }, fresh) => ({ params: { id: template }, body: { name: fresh } }),
  'content.archive': ({ spareTemplate }) => ({ params: { id: spareTemplate } }),
  'content.restore': ({ archivedTemplate }) => ({ params: { id: archivedTemplate } }),
  'content.versions': oneTemplate,
  'content.version': ({ template }) => ({ params: { id: template, number: '1' } }),
  'content.restoreVersion': ({ template }) => ({ params: { id: template, number: '1' } }),
  'content.preview': ({ template, profile }) => ({ params: { id: template }, body: { person: profile } }),
  'content.previewBody': ({ profile }) => ({
    body: { channel: 'sms', body: { text: '{{ person.name }} {{ person.phone }}' }, person: profile },
  }),
  // No mail server is set.
  'content.testSend': ({ template }) => ({ params: { id: template }, body: { to: ['a@example.com'] } }),
  'content.getSms': nothing,
  'content.setSms': (_things, fresh) => ({ body: { signature: fresh.slice(0, 20), unsubscribe: 'R' } }),
}
