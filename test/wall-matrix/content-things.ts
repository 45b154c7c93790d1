import type { TestWorkspace } from '#test/start-test-app.ts'

type Make = (method: 'POST' | 'PUT', url: string, body: unknown) => Promise<{ id: string }>

export type ContentThings = {
  template: string
  /** Goes. */
  spareTemplate: string
  archivedTemplate: string
  contentBlock: string
  spareBlock: string
  couponPool: string
  couponCode: string
  trackedLink: string
  spareLink: string
  /** Has a language to lose. */
  wordyTemplate: string
}

/** Templates: one that stays, one that is put away, one that was, and one in two languages. */
export async function addTemplates(ws: TestWorkspace, make: Make, marker: string): Promise<ContentThings> {
  const add = (name: string) =>
    make('POST', '/api/templates', { channel: 'sms', name: `${name} ${marker}`, text: `Hello ${marker}` })
  const [template, spare] = [await add('Template'), await add('Old template')]
  const [archived, wordy] = [await add('Gone template'), await add('Template of two')]
  await ws.call('DELETE', `/api/templates/${archived.id}`)
  await make('PUT', `/api/templates/${wordy.id}/draft/fr`, { body: { text: `Bonjour ${marker}` } })
  const block = (name: string) => {
    const mjml = `<mj-section><mj-column><mj-text>${marker}</mj-text></mj-column></mj-section>`
    return make('POST', '/api/content-blocks', { name: `${name} ${marker}`, mjml })
  }
  const link = (name: string) =>
    make('POST', '/api/tracked-links', { name: `${name} ${marker}`, target: `https://example.com/${marker}` })
  const [contentBlock, spareBlock] = [await block('Block'), await block('Old block')]
  const [trackedLink, spareLink] = [await link('Link'), await link('Old link')]
  const couponCode = `USED-${marker}`
  const codes = [couponCode, `FREE1-${marker}`, `FREE2-${marker}`, `FREE3-${marker}`]
  const couponPool = await make('POST', '/api/coupon-pools', { name: `Pool ${marker}`, lowAt: 0, codes })
  return {
    ...{ contentBlock: contentBlock.id, spareBlock: spareBlock.id, couponPool: couponPool.id, couponCode },
    ...{ trackedLink: trackedLink.id, spareLink: spareLink.id },
    template: template.id,
    spareTemplate: spare.id,
    archivedTemplate: archived.id,
    wordyTemplate: wordy.id,
  }
}
