import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { importFile, postForm } from '#modules/imports/server/testing/import-file.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import type { TestApp, TestWorkspace } from '#test/start-test-app.ts'
import { addAlerts, addBoards } from './board-things.ts'
import { addTemplates, type ContentThings } from './content-things.ts'
import { untilCounted, untilTagged } from './waits.ts'

/** Ids and names of everything a workspace can hold; what samples of requests are made of. */
export type Things = ContentThings & {
  workspace: string
  profile: string
  otherProfile: string
  /** Goes into the recycle bin and comes back. */
  spareProfile: string
  /** Goes there by bulk work. */
  oldProfile: string
  peopleBatch: string
  view: string
  spareView: string
  analysis: string
  making: string
  spareAnalysis: string
  savedQuery: string
  spareQuery: string
  annotation: string
  spareAnnotation: string
  board: string
  spareBoard: string
  deletedBoard: string
  alert: string
  spareAlert: string
  deletedAlert: string
  boardLink: string
  boardMail: string
  spareMail: string
  device: string
  userId: string
  phone: string
  eventName: string
  tag: string
  spareTag: string
  /** An entry of the list of addresses nothing is sent to; goes. */
  suppression: string
  /** A topic of its own. */
  topic: string
  /** Goes when it is merged. */
  oldTag: string
  tagBatch: string
  tagName: string
  company: string
  companyAttribute: string
  /** One of the person's timeline. */
  entryAt: string
  entryId: string
  spareCompany: string
  household: string
  spareHousehold: string
  suggestion: string
  child: string
  sister: string
  segment: string
  otherSegment: string
  list: string
  listChange: string
  snapshot: string
  spareSegment: string
  deletedSegment: string
  apiKey: string
  writeKey: string
  member: string
  role: string
  spareRole: string
  department: string
  spareDepartment: string
  invitation: string
  session: string
  identityKind: string
  attribute: string
  /** Goes; nobody has it. */
  spareAttribute: string
  job: string
  upload: string
  import: string
  waitingImport: string
  importMapping: string
  spareMapping: string
  importSource: string
  spareSource: string
  /** Lies in the workspace's watched folder. */
  importFile: string
  connection: string
  spareConnection: string
  webhook: string
  spareWebhook: string
  webhookMessage: string
  export: string
}

export type Populated = {
  ws: TestWorkspace
  num: number
  email: string
  things: Things
  /** Cookie of a logged-in owner. */
  cookie: string
  /** Texts that only this workspace's data contain. */
  markers: string[]
}

type Made = { id: string }

/** Fills a workspace with one of everything, every text carrying the workspace's own marker. */
export async function populate(app: TestApp, name: string, email: string): Promise<Populated> {
  const marker = `${name}${randomBytes(4).toString('hex')}`
  const ws = await app.workspace(`Workspace ${marker}`)
  const make = async (method: 'POST' | 'PUT', url: string, body: unknown) => {
    const reply = await ws.call<Made>(method, url, body)
    if (reply.status >= 300)
      throw new Error(`${method} ${url}: ${reply.status} ${JSON.stringify(reply.body)}`)
    return reply.body
  }
  const { cookie, session, member } = await logIn(app, email)
  const planned = { name: `Event ${marker}`, properties: [{ path: `planned ${marker}`, required: true }] }
  await make('PUT', '/api/tracking-plan', { events: [planned] })
  const people = await sendPeople(ws, marker)
  await make('PUT', '/api/events/catalogue/entry', { name: people.eventName, description: `About ${marker}` })
  const tag = await make('POST', '/api/tags', { name: `Tag ${marker}` })
  const spareTag = await make('POST', '/api/tags', { name: `Spare ${marker}` })
  const oldTag = await make('POST', '/api/tags', { name: `Old ${marker}` })
  await make('POST', `/api/profiles/${people.profile}/tags`, { add: [`Tag ${marker}`] })
  const batch = await make('POST', '/api/tags/batches', { ids: [people.profile], add: [`Tag ${marker}`] })
  const handover = { ids: [people.profile], owner: member }
  const peopleBatch = await make('POST', '/api/profiles/owner-batches', handover)
  const company = await make('POST', '/api/companies', {
    externalId: `company-${marker}`,
    name: `Company ${marker}`,
    domain: `${marker}.example.com`,
    attributes: { [`field ${marker}`]: marker, contact: people.phone },
  })
  await make('POST', `/api/companies/${company.id}/people`, {
    person: people.profile,
    title: `Title ${marker}`,
  })
  const { body: timeline } = await ws.call<{ items: { at: string; id: string }[] }>(
    'GET',
    `/api/profiles/${people.profile}/timeline?groups=all&limit=1`,
  )
  const entry = timeline.items[0] as { at: string; id: string }
  const spareCompany = await make('POST', '/api/companies', { name: `Spare ${marker}` })
  const rule = { all: [{ attr: 'city', op: 'eq', value: `City ${marker}` }, { tag: `Tag ${marker}` }] }
  const segment = await make('POST', '/api/segments', { name: `Segment ${marker}`, rule })
  const spare = await make('POST', '/api/segments', { name: `Spare ${marker}`, rule })
  const deleted = await make('POST', '/api/segments', { name: `Deleted ${marker}`, rule })
  await ws.call('DELETE', `/api/segments/${deleted.id}`)
  const list = await make('POST', '/api/segments', { name: `List ${marker}`, kind: 'list' })
  const identifiers = [{ kind: 'user_id', value: people.userId }]
  const listChange = await make('POST', `/api/segments/${list.id}/people`, { identifiers })
  const role = { permissions: ['people:read'], scope: 'all' }
  const { id: analysis } = await make(
    'POST',
    '/api/analytics/saved',
    savedAs(`Analysis ${marker}`, people.eventName),
  )
  const things: Things = {
    workspace: ws.id,
    ...people,
    tag: tag.id,
    spareTag: spareTag.id,
    suppression: (
      await make('POST', '/api/suppressions', { channel: 'email', address: `${marker}@suppressed.example` })
    ).id,
    topic: await topicOf(ws, marker),
    oldTag: oldTag.id,
    tagBatch: batch.id,
    peopleBatch: peopleBatch.id,
    view: (
      await make('POST', '/api/views', { list: 'people', name: `View ${marker}`, content: {}, shared: true })
    ).id,
    spareView: (await make('POST', '/api/views', { list: 'people', name: `Old ${marker}`, content: {} })).id,
    analysis,
    ...(await addBoards(ws, make, marker, analysis)),
    ...(await addAlerts(ws, make, marker, savedAs(marker, people.eventName).question)),
    ...(await addTemplates(ws, make, marker)),
    making: (
      await make('POST', '/api/analytics/segments', {
        question: savedAs(marker, people.eventName).question,
        parts: [{ cell: { series: 0 }, name: `Made ${marker}` }],
      })
    ).id,
    spareAnalysis: (await make('POST', '/api/analytics/saved', savedAs(`Old ${marker}`, people.eventName)))
      .id,
    savedQuery: (await make('POST', '/api/sql/saved', { name: `Query ${marker}`, sql: `SELECT '${marker}'` }))
      .id,
    spareQuery: (await make('POST', '/api/sql/saved', { name: `Old query ${marker}`, sql: 'SELECT 1' })).id,
    annotation: (await make('POST', '/api/analytics/annotations', noted(`Note ${marker}`))).id,
    spareAnnotation: (await make('POST', '/api/analytics/annotations', noted(`Old ${marker}`))).id,
    tagName: `Tag ${marker}`,
    company: company.id,
    companyAttribute: `field ${marker}`,
    entryAt: entry.at,
    entryId: entry.id,
    spareCompany: spareCompany.id,
    ...(await addHouseholds(ws, make, people, marker)),
    segment: segment.id,
    otherSegment: (await make('POST', '/api/segments', { name: `Other ${marker}`, rule })).id,
    spareSegment: spare.id,
    list: list.id,
    listChange: listChange.id,
    snapshot: (await make('POST', `/api/segments/${segment.id}/snapshots`, undefined)).id,
    deletedSegment: deleted.id,
    apiKey: (await make('POST', '/api/api-keys', { name: `Api ${marker}`, permissions: ['people:read'] })).id,
    writeKey: (await make('POST', '/api/write-keys', { name: `Write ${marker}`, kind: 'web' })).id,
    member,
    role: (await make('POST', '/api/roles', { name: `Role ${marker}`, ...role })).id,
    spareRole: (await make('POST', '/api/roles', { name: `Spare ${marker}`, ...role })).id,
    department: (await make('POST', '/api/departments', { name: `Department ${marker}` })).id,
    spareDepartment: (await make('POST', '/api/departments', { name: `Spare ${marker}` })).id,
    invitation: '',
    session,
    identityKind: `kind_${marker}`,
    attribute: `attr_${marker}`,
    spareAttribute: `spare_${marker}`,
    job: await waitingJob(app, ws.id, member, `Job ${marker}`),
    ...(await addImports(app, ws, member, marker)),
    ...(await addWebhooks(app, ws, deleted.id, marker)),
    export: (await make('POST', '/api/exports', { segment: segment.id })).id,
  }
  const invited = {
    email: `${marker}@example.net`.toLowerCase(),
    roleId: things.role,
    departmentId: things.department,
  }
  things.invitation = (await make('POST', '/api/invitations', invited)).id
  await make('PUT', `/api/identity-kinds/${things.identityKind}`, {
    class: 'contact',
    priority: 50,
    limit: 10,
    blocked: [`blocked ${marker}`],
  })
  await make('POST', '/api/attributes', { name: things.spareAttribute, type: 'text' })
  await untilCounted(ws, segment.id)
  await untilTagged(ws, batch.id)
  await untilWritten(ws, things.export)
  const markers = [marker.toLowerCase(), ws.writeKey.toLowerCase(), ...idsOf(things)]
  const { rows } = await app.database.system((tx) =>
    tx.client.query<{ num: number }>('select num from platform.workspace where id = $1', [ws.id]),
  )
  return { ws, num: rows[0]!.num, email, things, cookie, markers }
}

/** Things of nobody: as well formed as real ones. */
export function missingThings(like: Things): Things {
  const invented = Object.entries(like).map(([name, value]) => [name, inventedLike(name, value)])
  return Object.fromEntries(invented) as Things
}

function inventedLike(name: string, value: string): string {
  if (value.startsWith('per_')) return `per_${randomBytes(16).toString('base64url')}`
  const prefix = /^([a-z]+)_[0-9a-z]{20}$/.exec(value)?.[1]
  if (prefix) return newId(prefix)
  return name === 'identityKind' || name === 'topic' || name === 'couponCode'
    ? `kind_${randomBytes(6).toString('hex')}`
    : `none ${randomBytes(6).toString('hex')}`
}

export const idsOf = (things: Things): string[] => Object.values(things).map((one) => one.toLowerCase())

/** A file, an import of it that is done, and one that waits for ever. */
async function addImports(app: TestApp, ws: TestWorkspace, memberId: string, marker: string) {
  const spec = { kind: 'people', key: { column: 'ID', kind: 'user_id' }, columns: { City: 'attribute' } }
  const file = `ID,City\nimported-${marker},City ${marker}\n`
  const done = await importFile(ws, file, spec, `File ${marker}.csv`)
  const { body } = await postForm<{ upload: string }>(ws, '/api/imports/preview', {
    file,
    name: `File ${marker}.csv`,
  })
  const waitingImport = newId('imp')
  await app.database.system(async (tx) => {
    const row = await tx.row<{ num: number }>(sql`select num from platform.workspace where id = ${ws.id}`)
    const job = {
      kind: 'imports:run',
      payload: { importId: waitingImport },
      workspace: row?.num as number,
      memberId,
    }
    const id = await enqueue(tx, { ...job, runAt: new Date('2100-01-01T00:00:00Z') })
    await tx.run(sql`
      insert into imports.import (id, workspace_id, name, spec, layout, state, job_id, created_by, created_at)
      select ${waitingImport}, workspace_id, name, spec, layout, 'queued', ${id}, created_by, created_at
      from imports.import where id = ${done.id}`)
  })
  const mapping = async (name: string) => {
    const saved = { name: `${name} ${marker}`, columns: ['ID', 'City'], spec }
    return (await ws.call<Made>('POST', '/api/imports/mappings', saved)).body.id
  }
  const mappings = { importMapping: await mapping('Mapping'), spareMapping: await mapping('Spare') }
  return {
    ...{ import: done.id, upload: body.upload, waitingImport, ...mappings },
    ...(await addSources(ws, mappings.importMapping, marker)),
  }
}

async function addSources(ws: TestWorkspace, mapping: string, marker: string) {
  const make = async (url: string, body: object) =>
    (await ws.call<Made & { path: string }>('POST', url, body)).body
  const source = (name: string) => ({
    ...{ name: `${name} ${marker}`, mapping, place: { kind: 'folder' } },
    schedule: { every: 'cron', cron: '0 3 1 1 *' },
  })
  const connection = (name: string) => ({
    name: `${name} ${marker}`,
    place: { kind: 's3', endpoint: 'http://127.0.0.1:9', bucket: 'leads' },
    credentials: { key: `key-${marker}`, secret: `secret ${marker}` },
  })
  const first = await make('/api/imports/sources', source('Source'))
  const importFile = `file-${marker}.csv`
  writeFileSync(join(first.path, importFile), `ID,City\nimported-${marker},City ${marker}\n`)
  return {
    ...{ importSource: first.id, importFile },
    spareSource: (await make('/api/imports/sources', source('Spare'))).id,
    connection: (await make('/api/connections', connection('Storage'))).id,
    spareConnection: (await make('/api/connections', connection('Spare'))).id,
  }
}

/** Of the member's own, due when nobody looks any more. */
const waitingJob = (app: TestApp, workspace: string, memberId: string, title: string) =>
  app.database.system(async (tx) => {
    const row = await tx.row<{ num: number }>(sql`select num from platform.workspace where id = ${workspace}`)
    const runAt = new Date('2100-01-01T00:00:00Z')
    return enqueue(tx, {
      kind: 'test:wait',
      payload: {},
      workspace: row?.num as number,
      runAt,
      memberId,
      title,
    })
  })

async function logIn(app: TestApp, email: string) {
  const enter = () =>
    app.server.inject({
      method: 'POST',
      url: '/api/session',
      headers: { 'sec-fetch-site': 'same-origin' },
      payload: { email, password: 'correct horse battery' },
    })
  await enter() // from another device
  const reply = await enter()
  const cookie = String(reply.headers['set-cookie']).split(';')[0] as string
  const sessions = await app.server.inject({ method: 'GET', url: '/api/sessions', headers: { cookie } })
  return {
    cookie,
    member: reply.json<{ memberId: string }>().memberId,
    session: sessions.json<{ items: (Made & { current: boolean })[] }>().items.find((one) => !one.current)!
      .id,
  }
}

/** A household, a dissolved one to be, and two who share a phone. */
async function addHouseholds(
  ws: TestWorkspace,
  make: (method: 'POST', url: string, body: unknown) => Promise<Made>,
  people: { profile: string; otherProfile: string },
  marker: string,
) {
  const members = [
    { person: people.profile, role: 'guardian', main: true },
    { person: people.otherProfile, role: 'student' },
  ]
  const household = await make('POST', '/api/households', { name: `Household ${marker}`, people: members })
  const spare = await make('POST', '/api/households', { name: `Spare ${marker}`, people: members })
  const email = `shared-${marker}@example.com`
  await ws.send(
    { type: 'identify', messageId: `${marker}-h1`, userId: `child-${marker}`, traits: { email } },
    { type: 'identify', messageId: `${marker}-h2`, userId: `sister-${marker}`, traits: { email } },
  )
  await ws.settled()
  const { body } = await ws.call<{ items: (Made & { people: Made[] })[] }>(
    'GET',
    '/api/household-suggestions',
  )
  const [{ id: suggestion, people: sharing }] = body.items as [Made & { people: [Made, Made] }]
  return {
    ...{ household: household.id, spareHousehold: spare.id, suggestion },
    ...{ child: sharing[0].id, sister: sharing[1].id },
  }
}

/** Endpoints that no change concerns, and a message to one that is refused before anything is connected to. */
async function addWebhooks(app: TestApp, ws: TestWorkspace, segment: string, marker: string) {
  const add = async (path: string) => {
    const given = { url: `https://93.184.215.14/${path}`, types: ['segment.left'], segments: [segment] }
    const { body } = await ws.call<{ endpoint: Made }>('POST', '/api/webhooks', {
      ...given,
      description: marker,
    })
    return body.endpoint.id
  }
  const webhook = await add(marker)
  await app.database.system((tx) =>
    tx.run(sql`update webhooks.endpoint set url = ${`https://127.0.0.1/${marker}`} where id = ${webhook}`),
  )
  const { body } = await ws.call<Made>('POST', `/api/webhooks/${webhook}/test`)
  return { webhook, spareWebhook: await add(`spare-${marker}`), webhookMessage: body.id }
}

async function sendPeople(ws: TestWorkspace, marker: string) {
  const userId = `user-${marker}`
  const phone = `+86139${String(Number.parseInt(marker.slice(-6), 16) % 1e8).padStart(8, '0')}`
  const device = `device-${marker}`
  const traits = { name: `Name ${marker}`, email: `${marker}@example.com`, phone, city: `City ${marker}` }
  const properties = { [`prop_${marker}`]: `value ${marker}`, revenue: 12 }
  await ws.send(
    { type: 'identify', messageId: `${marker}-1`, userId, traits: { ...traits, [`attr_${marker}`]: marker } },
    {
      type: 'track',
      messageId: `${marker}-2`,
      userId,
      anonymousId: device,
      event: `Event ${marker}`,
      properties,
    },
    {
      type: 'identify',
      messageId: `${marker}-3`,
      userId: `other-${marker}`,
      traits: { name: `Other ${marker}` },
    },
    ...['spare', 'old'].map((one) => ({
      type: 'identify',
      messageId: `${marker}-${one}`,
      userId: `${one}-${marker}`,
      traits: { name: `${one} ${marker}` },
    })),
    { type: 'track', messageId: `${marker}-4`, event: `Rejected ${marker}` },
  )
  await ws.settled()
  const personOf = async (id: string) =>
    (await ws.call<{ items: Made[] }>('GET', `/api/profiles?identifier=user_id:${id}`)).body.items[0]!.id
  return {
    profile: await personOf(userId),
    otherProfile: await personOf(`other-${marker}`),
    spareProfile: await personOf(`spare-${marker}`),
    oldProfile: await personOf(`old-${marker}`),
    device,
    userId,
    phone,
    eventName: `Event ${marker}`,
  }
}

async function untilWritten(ws: TestWorkspace, id: string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const { body } = await ws.call<{ state: string }>('GET', `/api/exports/${id}`)
    if (body.state === 'done') return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`export ${id} was not written`)
}

const noted = (text: string) => ({ day: '2026-11-11', text })

const savedAs = (name: string, event: string) => ({
  name,
  question: { kind: 'trend', series: [{ event }], range: { last: 7, unit: 'day' } },
})

async function topicOf(ws: TestWorkspace, marker: string): Promise<string> {
  const key = `topic_${marker.toLowerCase()}`
  const name = { zh: marker, en: marker }
  const { status, body } = await ws.call('POST', '/api/consent-topics', { key, name, class: 'marketing' })
  if (status !== 201) throw new Error(`no topic: ${JSON.stringify(body)}`)
  return key
}
