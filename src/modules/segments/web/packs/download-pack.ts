import { callRoute } from '#web/api-client.ts'
import { routes, type Segment } from '../../contract.ts'

/** Hands the browser a segment as a file: its rule, what it stands on, and the names these need. */
export async function downloadPack({ id, name }: Pick<Segment, 'id' | 'name'>): Promise<void> {
  const pack = await callRoute(routes.makePack, { body: { segments: [id] } })
  const url = URL.createObjectURL(new Blob([JSON.stringify(pack, null, 2)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${name.replaceAll(/[\\/:*?"<>|]/g, ' ').trim() || 'segment'}.audience.json`
  link.click()
  URL.revokeObjectURL(url)
}
