import type { TestWorkspace } from '#test/start-test-app.ts'

type Make = (method: 'POST' | 'PUT', url: string, body: unknown) => Promise<{ id: string }>

/** Alerts that watch an event: one that stays, one that goes, one that is gone. */
export async function addAlerts(ws: TestWorkspace, make: Make, marker: string, question: object) {
  const add = (name: string) =>
    make('POST', '/api/alerts', { ...alertOf(question), name: `${name} ${marker}` })
  const [alert, spare, deleted] = [await add('Alert'), await add('Old alert'), await add('Gone alert')]
  await ws.call('DELETE', `/api/alerts/${deleted.id}`)
  return { alert: alert.id, spareAlert: spare.id, deletedAlert: deleted.id }
}

export const alertOf = (question: object) => ({
  question: { ...question, breakdown: undefined },
  metric: { of: 'trend', series: 0 },
  condition: { kind: 'threshold', is: 'above', high: 1000 },
  tell: { members: [] },
})

/** Boards that show an analysis: one that stays, one that goes, one that is gone; and a link of the first. */
export async function addBoards(ws: TestWorkspace, make: Make, marker: string, analysis: string) {
  const tile = { id: 'til_1', kind: 'analysis', analysis, x: 0, y: 0, w: 6, h: 6 }
  const add = (name: string) => make('POST', '/api/dashboards', { name: `${name} ${marker}`, tiles: [tile] })
  const [board, spare, deleted] = [await add('Board'), await add('Old board'), await add('Gone board')]
  await ws.call('DELETE', `/api/dashboards/${deleted.id}`)
  const link = await make('POST', `/api/dashboards/${board.id}/links`, {})
  const mail = { addresses: [`${marker}@example.com`], every: 'month', day: 1, time: '03:00', formats: [] }
  const schedule = (id: string) => make('POST', `/api/dashboards/${id}/mails`, mail)
  const [boardMail, spareMail] = [await schedule(board.id), await schedule(board.id)]
  return {
    boardMail: boardMail.id,
    spareMail: spareMail.id,
    board: board.id,
    spareBoard: spare.id,
    deletedBoard: deleted.id,
    boardLink: link.id,
  }
}
