import type { Sample } from './samples.ts'
import type { Things } from './things.ts'

type Sampler = (things: Things, fresh: string) => Sample
const nothing: Sampler = () => ({})
const oneTemplate: Sampler = ({ template }) => ({ params: { id: template } })

const onePool: Sampler = ({ couponPool }) => ({ params: { id: couponPool } })
const row = '<mj-section><mj-column><mj-text>row</mj-text></mj-column></mj-section>'

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
  'content.missing': oneTemplate,
  'content.testSend': ({ template }) => ({ params: { id: template }, body: { to: ['a@example.com'] } }),
  'content.getBrand': nothing,
  'content.setBrand': () => ({
    body: {
      ...{ logo: '', logoWidth: 140, primary: '#0B6BCB', ink: '#14202B', background: '#F6F8FA' },
      ...{ font: 'Arial, sans-serif', radius: 8 },
    },
  }),
  'content.listBlocks': () => ({ query: { limit: '1' } }),
  'content.createBlock': (_things, fresh) => ({ body: { name: fresh, mjml: row } }),
  'content.changeBlock': ({ contentBlock }, fresh) => ({
    params: { id: contentBlock },
    body: { name: fresh, mjml: row },
  }),
  'content.removeBlock': ({ spareBlock }) => ({ params: { id: spareBlock } }),
  'content.listPools': () => ({ query: { limit: '1' } }),
  'content.getPool': onePool,
  'content.createPool': (_things, fresh) => ({ body: { name: fresh, codes: [fresh] } }),
  'content.changePool': ({ couponPool }, fresh) => ({ params: { id: couponPool }, body: { name: fresh } }),
  'content.addCodes': ({ couponPool }, fresh) => ({ params: { id: couponPool }, body: { codes: [fresh] } }),
  'content.listCodes': onePool,
  'content.assignCoupon': ({ couponPool, profile }) => ({
    params: { id: couponPool },
    body: { person: profile, purpose: 'matrix' },
  }),
  'content.redeemCoupon': ({ couponCode }) => ({ body: { code: couponCode } }),
  'content.listLinks': () => ({ query: { limit: '1' } }),
  'content.createLink': (_things, fresh) => ({
    body: { name: fresh, target: `https://example.com/${fresh}` },
  }),
  'content.changeLink': ({ trackedLink }, fresh) => ({
    params: { id: trackedLink },
    body: { name: fresh, target: 'https://example.com/' },
  }),
  'content.removeLink': ({ spareLink }) => ({ params: { id: spareLink } }),
  'content.qrCode': ({ trackedLink }) => ({ params: { id: trackedLink } }),
  'content.getSms': nothing,
  'content.setSms': (_things, fresh) => ({ body: { signature: fresh.slice(0, 20), unsubscribe: 'R' } }),
}
