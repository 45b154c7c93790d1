import { beforeAll, expect, test } from 'vitest'
import type { Company, CompanyActivity, CompanyPerson } from '#modules/companies/contract.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

type Reply = Company & { code?: string }
const create = (ws: TestWorkspace, body: object) => ws.call<Reply>('POST', '/api/companies', body)
const list = async (ws: TestWorkspace, query = '') =>
  (await ws.call<{ items: Company[]; next: string | null }>('GET', `/api/companies${query}`)).body
const peopleOf = async (ws: TestWorkspace, id: string) =>
  (await ws.call<{ items: CompanyPerson[] }>('GET', `/api/companies/${id}/people`)).body.items

async function person(ws: TestWorkspace, userId: string, traits: object = {}): Promise<string> {
  await ws.send({ type: 'identify', userId, traits: { name: userId, ...traits } })
  await ws.settled()
  const { body } = await ws.call<{ items: { id: string }[] }>(
    'GET',
    `/api/profiles?identifier=user_id:${userId}`,
  )
  return body.items[0]?.id as string
}

test('a company is made once per external id, changed, deleted and restored', async () => {
  const ws = await app.workspace()
  const first = await create(ws, {
    externalId: 'acme',
    name: 'Acme',
    domain: 'https://acme.io/',
    attributes: { size: 5 },
  })
  expect(first.status).toBe(201)
  const again = await create(ws, {
    externalId: 'acme',
    name: 'Acme',
    domain: 'acme.io',
    attributes: { size: 5 },
  })
  expect(again.body).toEqual(first.body)
  const url = `/api/companies/${first.body.id}`
  const changed = await ws.call<Reply>('PATCH', url, {
    name: 'Acme Ltd',
    attributes: { size: null, plan: 'pro' },
  })
  expect(changed.body).toMatchObject({
    name: 'Acme Ltd',
    domain: 'acme.io',
    attributes: { name: 'Acme Ltd', plan: 'pro' },
  })
  expect(changed.body.attributes).not.toHaveProperty('size')
  expect((await create(ws, {})).body.code).toBe('company.nameless')
  expect((await create(ws, { name: 'x', domain: 'no domain' })).body.code).toBe('company.bad_domain')
  const other = await create(ws, { name: 'Other' })
  expect(
    (await ws.call<Reply>('PATCH', `/api/companies/${other.body.id}`, { externalId: 'acme' })).body.code,
  ).toBe('company.external_id_taken')
  expect((await ws.call('DELETE', url)).status).toBe(204)
  expect((await ws.call<Reply>('GET', url)).body.code).toBe('company.missing')
  expect((await list(ws)).items.map((one) => one.name)).toEqual(['Other'])
  expect((await ws.call<Reply>('POST', `${url}/restore`)).body).toMatchObject({ name: 'Acme Ltd' })
  expect((await list(ws)).items).toHaveLength(2)
  const { body } = await ws.call<{ items: { name: string; type: string }[] }>(
    'GET',
    '/api/company-attributes',
  )
  expect(body.items).toEqual([
    { name: 'domain', type: 'text', personal: false, open: true },
    { name: 'name', type: 'text', personal: false, open: true },
    { name: 'plan', type: 'text', personal: false, open: false },
    { name: 'size', type: 'number', personal: false, open: false },
  ])
})

test('people are put in and taken out; taking out holds for what was said before', async () => {
  const ws = await app.workspace()
  const { body: company } = await create(ws, { externalId: 'acme', name: 'Acme' })
  const [ann, ben] = [await person(ws, 'ann'), await person(ws, 'ben')]
  const url = `/api/companies/${company.id}/people`
  await ws.call('POST', url, { person: ann, title: 'CEO', since: '2026-01-01T00:00:00.000Z' })
  await ws.call('POST', url, { person: ben })
  expect((await peopleOf(ws, company.id)).find((one) => one.id === ann)).toMatchObject({
    title: 'CEO',
    since: '2026-01-01T00:00:00.000Z',
  })
  await ws.call('POST', url, { person: ann, title: 'Chair' })
  expect((await peopleOf(ws, company.id)).find((one) => one.id === ann)).toMatchObject({
    title: 'Chair',
    since: '2026-01-01T00:00:00.000Z',
  })
  expect((await ws.call('DELETE', `${url}/${ann}`)).status).toBe(204)
  await ws.send({
    type: 'group',
    userId: 'ann',
    groupId: 'acme',
    timestamp: '2026-01-02T00:00:00.000Z',
    traits: {},
  })
  await ws.settled()
  expect((await peopleOf(ws, company.id)).map((one) => one.id)).toEqual([ben])
  await ws.call('POST', `${url}/${ann}/restore`)
  expect((await peopleOf(ws, company.id)).find((one) => one.id === ann)).toMatchObject({ title: 'Chair' })
  await ws.call('DELETE', `${url}/${ann}`)
  app.clock.advance(60_000)
  await ws.send({
    type: 'group',
    userId: 'ann',
    groupId: 'acme',
    timestamp: new Date(app.clock.now()).toISOString(),
    traits: {},
  })
  await ws.settled()
  expect((await peopleOf(ws, company.id)).find((one) => one.id === ann)).toMatchObject({ title: null })
})

test('sorts and pages in every order, finds by name, suggests by domain, tells what its people did', async () => {
  const ws = await app.workspace()
  const ids = new Map<string, string>()
  for (const name of ['Beta', 'alpha', 'Gamma']) {
    const { body } = await create(ws, { name, domain: `${name}.io` })
    ids.set(name, body.id)
    app.clock.advance(10)
  }
  const ann = await person(ws, 'ann', { email: 'ann@beta.io' })
  await person(ws, 'bob', { email: 'bob@BETA.io' })
  await person(ws, 'eve', { email: 'eve@notbeta.io' })
  const beta = ids.get('Beta') as string
  await ws.call('POST', `/api/companies/${beta}/people`, { person: ann })
  await ws.send(
    { type: 'track', userId: 'ann', event: 'Lesson Booked' },
    { type: 'track', userId: 'bob', event: 'Elsewhere' },
  )
  await ws.settled()
  for (const sort of [
    'name',
    '-name',
    'people',
    '-people',
    'lastActivity',
    '-lastActivity',
    'createdAt',
    '-createdAt',
  ]) {
    const whole = (await list(ws, `?sort=${sort}`)).items.map((one) => one.name)
    const paged: (string | null)[] = []
    for (let next: string | null = ''; next !== null; ) {
      const page = await list(ws, `?sort=${sort}&limit=1&cursor=${next}`)
      paged.push(...page.items.map((one) => one.name))
      next = page.next
    }
    expect(paged, sort).toEqual(whole)
    expect(whole).toHaveLength(3)
  }
  expect((await list(ws, '?sort=name')).items.map((one) => one.name)).toEqual(['alpha', 'Beta', 'Gamma'])
  expect((await list(ws, '?sort=-lastActivity')).items[0]?.name).toBe('Beta')
  expect((await list(ws, '?search=GAM')).items.map((one) => one.name)).toEqual(['Gamma'])
  const { body: suggested } = await ws.call<{ items: { email: string }[] }>(
    'GET',
    `/api/companies/${beta}/suggestions`,
  )
  expect(suggested.items.map((one) => one.email)).toEqual(['bob@beta.io'])
  const { body: done } = await ws.call<{ items: CompanyActivity[] }>('GET', `/api/companies/${beta}/activity`)
  expect(done.items.map((one) => [one.name, one.person.name])).toEqual([['Lesson Booked', 'ann']])
})
