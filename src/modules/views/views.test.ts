import { beforeAll, expect, test } from 'vitest'
import { joinMember } from '#modules/profiles/server/testing/join-member.ts'
import type { SavedView } from '#modules/views/contract.ts'
import { startTestApp, type TestApp } from '#test/start-test-app.ts'

type Listed = { items: SavedView[]; default: string | null }

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

async function team() {
  const ws = await app.workspace()
  const join = (name: string, permissions: string[]) =>
    joinMember(app, ws, `${name}@${ws.id.replace('_', '-')}.example`, { scope: 'all', permissions })
  const boss = await join('boss', ['people:read', 'view:write', 'member:read'])
  const rep = await join('rep', ['people:read'])
  return { ws, boss, rep }
}
const names = ({ items }: Listed) => items.map((view) => view.name)

test('views are one’s own until they are shared; nobody overwrites what they have not seen or may not change', async () => {
  const { boss, rep } = await team()
  const list = async (who: typeof boss) => (await who.call<Listed>('GET', '/api/views?list=people')).body
  const save = (who: typeof boss, body: object) =>
    who.call<SavedView>('POST', '/api/views', { list: 'people', content: { q: 'li' }, ...body })
  const mine = await save(rep, { name: 'Mine' })
  expect(mine.body).toMatchObject({
    mine: true,
    editable: true,
    shared: false,
    version: 1,
    content: { q: 'li' },
  })
  expect((await rep.call('GET', `/api/views/${mine.body.id}`)).body).toEqual(mine.body)
  expect((await boss.call('GET', `/api/views/${mine.body.id}`)).status).toBe(404)
  expect((await save(rep, { name: 'Elsewhere', list: 'nowhere' })).status).toBe(422)
  expect((await save(rep, { name: 'mine' })).status).toBe(409)
  expect((await save(rep, { name: 'For all', shared: true })).status).toBe(403)
  expect(names(await list(boss))).toEqual([])
  const hot = (await save(boss, { name: 'Hot', shared: true })).body
  expect((await save(boss, { name: 'Mine' })).status).toBe(200)
  expect(names(await list(rep))).toEqual(['Hot', 'Mine'])

  const change = (who: typeof boss, id: string, body: object) =>
    who.call<SavedView>('PATCH', `/api/views/${id}`, body)
  expect((await change(rep, hot.id, { version: 1, name: 'Hotter' })).status).toBe(403)
  expect((await change(rep, mine.body.id, { version: 1, shared: true })).status).toBe(403)
  expect((await change(boss, mine.body.id, { version: 1, name: 'x' })).status).toBe(404)
  const edited = await change(boss, hot.id, { version: 1, content: { q: 'wang', columns: 'tags' } })
  expect(edited.body).toMatchObject({ name: 'Hot', version: 2, content: { q: 'wang', columns: 'tags' } })
  expect(await change(boss, hot.id, { version: 1, content: {} })).toMatchObject({
    status: 409,
    body: { code: 'view.changed' },
  })
  expect((await boss.call<Listed>('GET', '/api/views?list=segments')).body.items).toEqual([])

  expect((await rep.call('DELETE', `/api/views/${hot.id}`)).status).toBe(403)
  const gone = await boss.call<SavedView>('DELETE', `/api/views/${hot.id}`)
  expect(gone.body.content).toEqual({ q: 'wang', columns: 'tags' })
  expect(names(await list(rep))).toEqual(['Mine'])
}, 60_000)

test('a segment knows the shared views that name it, and goes nevertheless', async () => {
  const { ws, boss } = await team()
  const make = async (name: string) =>
    (await ws.call<{ id: string }>('POST', '/api/segments', { name, rule: { tag: name } })).body.id
  const [hot, cold] = [await make('hot'), await make('cold')]
  const view = (name: string, shared: boolean) =>
    boss.call<SavedView>('POST', '/api/views', {
      list: 'people',
      name,
      shared,
      content: { rule: { all: [{ tag: 'x' }, { not: { segment: hot } }] } },
    })
  const seen = (await view('Lukewarm', true)).body
  await view('Secret', false)
  const usedBy = async (id: string) =>
    (await ws.call<{ usedBy: unknown[] }>('GET', `/api/segments/${id}/uses`)).body.usedBy
  expect(await usedBy(hot)).toEqual([
    { kind: 'view', id: seen.id, name: 'Lukewarm', direct: true, holds: false },
  ])
  expect(await usedBy(cold)).toEqual([])
  expect((await ws.call('DELETE', `/api/segments/${hot}`)).status).toBe(204)
}, 60_000)

test('a role sees its default first, as long as the view is shared', async () => {
  const { ws, boss, rep } = await team()
  const roles = (await ws.call<{ items: { id: string; name: string }[] }>('GET', '/api/roles')).body.items
  const roleId = roles.find((role) => role.name.startsWith('Role of rep@'))?.id as string
  const view = (
    await boss.call<SavedView>('POST', '/api/views', {
      list: 'people',
      name: 'Team',
      content: {},
      shared: true,
    })
  ).body
  const put = (who: typeof boss, viewId: string | null) =>
    who.call<Listed>('PUT', '/api/view-defaults', { list: 'people', roleId, viewId })
  expect((await put(rep, view.id)).status).toBe(403)
  expect((await put(boss, view.id)).body.items[0]?.defaultOf).toEqual([roleId])
  const first = async (who: typeof boss) =>
    (await who.call<Listed>('GET', '/api/views?list=people')).body.default
  expect([await first(rep), await first(boss)]).toEqual([view.id, null])
  await boss.call('PATCH', `/api/views/${view.id}`, { version: 1, shared: false })
  expect(await first(rep)).toBeNull()
  expect((await put(boss, view.id)).status).toBe(422)
  await boss.call('PATCH', `/api/views/${view.id}`, { version: 2, shared: true })
  await put(boss, view.id)
  await put(boss, null)
  expect(await first(rep)).toBeNull()
}, 60_000)
