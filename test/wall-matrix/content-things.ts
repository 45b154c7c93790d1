import type { TestWorkspace } from '#test/start-test-app.ts'

type Make = (method: 'POST' | 'PUT', url: string, body: unknown) => Promise<{ id: string }>

/** Templates: one that stays, one that is put away, one that was, and one in two languages. */
export async function addTemplates(ws: TestWorkspace, make: Make, marker: string) {
  const add = (name: string) =>
    make('POST', '/api/templates', { channel: 'sms', name: `${name} ${marker}`, text: `Hello ${marker}` })
  const [template, spare] = [await add('Template'), await add('Old template')]
  const [archived, wordy] = [await add('Gone template'), await add('Template of two')]
  await ws.call('DELETE', `/api/templates/${archived.id}`)
  await make('PUT', `/api/templates/${wordy.id}/draft/fr`, { body: { text: `Bonjour ${marker}` } })
  return {
    template: template.id,
    spareTemplate: spare.id,
    archivedTemplate: archived.id,
    wordyTemplate: wordy.id,
  }
}
