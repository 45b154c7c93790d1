import { fileName, saveFile } from '#ui/save-file.ts'
import { callRoute } from '#web/api-client.ts'
import { routes, type Segment } from '../../contract.ts'

/** Hands the browser a segment as a file: its rule, what it stands on, and the names these need. */
export async function downloadPack({ id, name }: Pick<Segment, 'id' | 'name'>): Promise<void> {
  const pack = await callRoute(routes.makePack, { body: { segments: [id] } })
  const file = new Blob([JSON.stringify(pack, null, 2)], { type: 'application/json' })
  saveFile(file, fileName(name, 'audience.json'))
}
