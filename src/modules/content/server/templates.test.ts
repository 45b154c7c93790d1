import { beforeAll, expect, test } from 'vitest'
import type { Preview, Template, Version } from '#modules/content/contract/template.ts'
import { systemCtx } from '#platform/context.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

type Failed = { code: string; faults?: { code: string }[] }
const create = (ws: TestWorkspace, body: Record<string, unknown>) =>
  ws.call<Template & Failed>('POST', '/api/templates', body)
const unsubscribe = '<a href="{{ links.unsubscribe }}">out</a>'
const mail = (
  name: string,
  html = `<p>Hello {{ person.first_name | default: "you" }}</p>${unsubscribe}`,
) => ({
  channel: 'email',
  name,
  subject: 'Hi {{ person.name }}',
  html,
  language: 'en',
})

async function numOf(ws: TestWorkspace): Promise<number> {
  const rows = await app.database.system((tx) => tx.client.query('select num, id from platform.workspace'))
  return rows.rows.find((row: { id: string }) => row.id === ws.id).num
}

async function render(ws: TestWorkspace, template: string, person: Record<string, unknown>) {
  const ctx = systemCtx(
    { num: await numOf(ws), id: ws.id, timezone: 'Asia/Shanghai' },
    app.clock.now(),
    'test',
  )
  const version = await app.database.read(ctx, (tx) => app.content.readTemplate(tx, ctx, template))
  const [made] = await app.content.renderMany(version, [{ message: 'msg_1', person }], {
    workspace: { name: 'W', timezone: 'Asia/Shanghai' },
  })
  return made as Record<string, never> & { body: Record<string, string>; error?: string; missing: string[] }
}

test('a template is made from outside, published at once, and rendered for people', async () => {
  const ws = await app.workspace()
  const made = await create(ws, mail('welcome'))
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({ published: 1, changed: false, languages: ['en'], faults: [] })
  const { body } = await render(ws, made.body.id, { name: '<b>Bo</b>' })
  expect(body.subject).toBe('Hi <b>Bo</b>')
  expect(body.html).toContain('Hello you')
  expect(body.text).toContain('Hello you')
})

test('MJML becomes HTML, with Liquid in attributes, between rows and between sections', async () => {
  const ws = await app.workspace()
  const mjml = `<mjml><mj-body>{% if person.vip %}<mj-section><mj-column><mj-text>VIP only</mj-text></mj-column></mj-section>{% endif %}
    <mj-section><mj-column>
      <mj-button href="{{ person.site | default: "https://a.example/x" }}">Go</mj-button>
      <mj-table>{% for one in person.list %}<tr><td>{{ one.name }}</td></tr>{% endfor %}</mj-table>
      <mj-text>${unsubscribe}</mj-text>
    </mj-column></mj-section></mj-body></mjml>`
  const made = await create(ws, { ...mail('m'), html: undefined, mjml })
  expect(made.body.faults).toEqual([])
  const plain = await render(ws, made.body.id, { name: 'Bo', list: [{ name: 'One' }, { name: 'Two' }] })
  expect(plain.body.html).toMatch(/<tr><td>One<\/td><\/tr><tr><td>Two<\/td><\/tr>/)
  expect(plain.body.html).toContain('href="https://a.example/x"')
  expect(plain.body.html).not.toContain('VIP only')
  expect((await render(ws, made.body.id, { name: 'Bo', vip: true })).body.html).toContain('VIP only')
  expect(plain.body.html).not.toContain('fonts.googleapis')
})

test('what a person is called runs nowhere', async () => {
  const ws = await app.workspace()
  const evil = `"><script>alert(1)</script>' onload='x`
  const made = await create(
    ws,
    mail(
      'x',
      `<p title="{{ person.name }}" style="color:{{ person.colour }}">{{ person.name }}</p><a href="{{ person.url }}">u</a>
       <a href="https://a.example/?q={{ person.name }}">q</a>${unsubscribe}`,
    ),
  )
  const { body } = await render(ws, made.body.id, {
    name: evil,
    url: 'java\nscript:alert(1)',
    colour: 'red;background:url(//evil)',
  })
  expect(body.html).not.toContain('<script')
  expect(body.html).not.toContain("onload='")
  expect(body.html).not.toMatch(/javascript:/i)
  expect(body.html).toContain('style="color:redbackgroundurlevil"')
  expect(body.html).toContain(`?q=${encodeURIComponent(evil).replaceAll("'", '&#39;')}`)
})

test.each([
  ['a script', '<script>1</script>', 'script'],
  ['a handler', '<p onclick="x()">a</p>', 'script'],
  ['an address that runs', '<a href="javascript:x()">a</a>', 'script'],
  ['an attribute without quotes', '<p title={{ person.name }}>a</p>', 'attribute_unquoted'],
  ['branches that end elsewhere', '{% if person.a %}<a title="{% endif %}b', 'branches_differ'],
  ['Liquid that is none', 'Hi {{ person.name', 'liquid'],
  ['a filter there is none of', 'Hi {{ person.name | raw }}', 'liquid'],
  ['a file', '{% include "a" %}', 'liquid'],
])('%s is not published', async (_what, html, code) => {
  const ws = await app.workspace()
  const made = await create(ws, mail('bad', html))
  expect(made.status).toBe(422)
  expect(made.body.code).toBe('template.faulty')
  expect(made.body.faults?.map((fault) => fault.code)).toContain(code)
  const list = await ws.call<{ items: unknown[] }>('GET', '/api/templates')
  expect(list.body.items).toEqual([])
})

test('MJML that reads files is refused, with its line', async () => {
  const ws = await app.workspace()
  const mjml = '<mjml><mj-body>\n<mj-include path="/etc/passwd" /></mj-body></mjml>'
  const made = await create(ws, { ...mail('m'), html: undefined, mjml })
  expect(made.body.faults?.[0]).toMatchObject({ code: 'include', line: 2, part: 'mjml' })
})

test('a draft is written, published, compared, brought back; nobody overwrites another’s work', async () => {
  const ws = await app.workspace()
  const first = (await create(ws, mail('v'))).body
  const url = `/api/templates/${first.id}`
  const draft = { subject: 'Second', html: `<p>2</p>${unsubscribe}` }
  const saved = await ws.call<Template>('PUT', `${url}/draft/en`, { revision: first.revision, body: draft })
  expect(saved.body).toMatchObject({ changed: true, published: 1, headline: 'Second' })
  const late = await ws.call<Failed>('PUT', `${url}/draft/en`, { revision: first.revision, body: draft })
  expect(late).toMatchObject({ status: 409, body: { code: 'template.changed' } })
  expect((await render(ws, first.id, { name: 'Bo' })).body.subject).toBe('Hi Bo')
  const published = await ws.call<Template>('POST', `${url}/publish`, { note: 'why' })
  expect(published.body).toMatchObject({ published: 2, changed: false })
  expect((await render(ws, first.id, { name: 'Bo' })).body.subject).toBe('Second')
  const versions = await ws.call<{ items: Version[] }>('GET', `${url}/versions`)
  expect(versions.body.items.map(({ number, note }) => [number, note])).toEqual([
    [2, 'why'],
    [1, ''],
  ])
  const back = await ws.call<Template>('POST', `${url}/versions/1/restore`)
  expect(back.body).toMatchObject({ changed: true, headline: 'Hi {{ person.name }}' })
  const odd = await ws.call<Failed>('PUT', `${url}/draft/en`, { body: { subject: 'x', colour: 'red' } })
  expect(odd.body.code).toBe('template.bad_body')
})

test('everybody gets their language, and the first where there is none', async () => {
  const ws = await app.workspace()
  const made = (await create(ws, { ...mail('l'), language: 'zh-CN', subject: '你好' })).body
  const url = `/api/templates/${made.id}`
  await ws.call('PUT', `${url}/draft/en`, { body: { subject: 'Hello', html: unsubscribe } })
  await ws.call('POST', `${url}/publish`)
  const subjects = await Promise.all(
    ['en-GB', 'zh_TW', 'fr', undefined, 'EN'].map(
      async (language) => (await render(ws, made.id, { language })).body.subject,
    ),
  )
  expect(subjects).toEqual(['Hello', '你好', '你好', '你好', 'Hello'])
  await ws.call('PATCH', url, { fallbackLanguage: 'en' })
  await ws.call('POST', `${url}/publish`)
  expect((await render(ws, made.id, { language: 'fr' })).body.subject).toBe('Hello')
  const removed = await ws.call<Template>('DELETE', `${url}/draft/zh-CN`)
  expect(removed.body.languages).toEqual(['en'])
  expect((await ws.call<Failed>('DELETE', `${url}/draft/en`)).body.code).toBe('template.last_language')
})

test('a template is put away, leaves its name, and comes back only while that is free', async () => {
  const ws = await app.workspace()
  const { id } = (await create(ws, mail('same'))).body
  expect((await create(ws, mail('SAME'))).body.code).toBe('template.name_taken')
  expect((await ws.call('DELETE', `/api/templates/${id}`)).status).toBe(204)
  expect((await create(ws, mail('same'))).status).toBe(201)
  expect((await ws.call<Failed>('POST', `/api/templates/${id}/restore`)).body.code).toBe(
    'template.name_taken',
  )
  const archived = await ws.call<{ items: Template[] }>('GET', '/api/templates?archived=true')
  expect(archived.body.items.map((one) => one.id)).toEqual([id])
})

test('a preview shows a real person’s values, what is missing and how many text messages it is', async () => {
  const ws = await app.workspace()
  await ws.send({
    type: 'identify',
    userId: 'u1',
    traits: { name: '李雯', email: 'li@example.com', city: '杭州' },
  })
  await ws.settled()
  const people = await ws.call<{ items: { id: string }[] }>('GET', '/api/profiles')
  const person = people.body.items[0]?.id
  await ws.call('PUT', '/api/content-settings/sms', { signature: '河源', unsubscribe: '拒收请回复R' })
  const asked = {
    channel: 'sms',
    body: { text: '{{ person.name }}你好，{{ person.city }}{{ person.grade }}' },
    person,
  }
  const shown = await ws.call<Preview>('POST', '/api/template-preview', asked)
  expect(shown.body.rendered?.text).toBe('【河源】李雯你好，杭州拒收请回复R')
  expect(shown.body).toMatchObject({ missing: ['person.grade'], segments: { encoding: 'ucs2', segments: 1 } })
  const none = await ws.call<Failed>('POST', '/api/template-preview', { ...asked, person: 'per_none' })
  expect(none.body.code).toBe('profile.missing')
})

test('who lacks a value without a fallback is refused where the template says so', async () => {
  const ws = await app.workspace()
  const made = await create(ws, { ...mail('m'), onMissing: 'refuse' })
  expect(await render(ws, made.body.id, {})).toEqual({
    error: 'missing_data',
    missing: ['links.unsubscribe', 'person.name'],
  })
})

test('a web hook is JSON whatever a person is called', async () => {
  const ws = await app.workspace()
  const body = '{"name": "{{ person.name }}", "tags": {{ person.tags }}}'
  const made = await create(ws, { channel: 'webhook', name: 'w', body })
  const sent = await render(ws, made.body.id, { name: 'a"b\\c\n', tags: ['x'] })
  expect(JSON.parse(sent.body.body ?? '')).toEqual({ name: 'a"b\\c\n', tags: ['x'] })
  const wrong = await create(ws, { channel: 'webhook', name: 'v', body: '{"a": {{ person.name }} "b"}' })
  expect((await render(ws, wrong.body.id, { name: 'n' })).error).toBe('bad_json')
})

test('a test mail without a mail server says so', async () => {
  const ws = await app.workspace()
  const { id } = (await create(ws, mail('t'))).body
  const sent = await ws.call<Failed>('POST', `/api/templates/${id}/test-send`, { to: ['a@example.com'] })
  expect(sent.body.code).toBe('mail.not_configured')
})

test('of everybody it is known how many lack a value, and which rule finds them', async () => {
  const ws = await app.workspace()
  await ws.send(
    { type: 'identify', userId: 'm1', traits: { firstName: 'A', city: 'X' } },
    { type: 'identify', userId: 'm2', traits: { first_name: 'B' } },
    { type: 'identify', userId: 'm3', traits: { name: 'C' } },
  )
  await ws.settled()
  const text = '{{ person.first_name | default: "you" }} {{ person.city }} {% if person.vip %}!{% endif %}'
  const { id } = (await create(ws, { channel: 'sms', name: 'needs', text })).body
  const asked = await ws.call('POST', `/api/templates/${id}/missing`, {})
  expect(asked.body).toMatchObject({
    people: 3,
    values: [
      { path: 'person.city', fallback: null, lacking: 2 },
      { path: 'person.first_name', fallback: 'you', lacking: 1 },
    ],
  })
  const some = await ws.call('POST', `/api/templates/${id}/missing`, { rule: { attr: 'city', op: 'exists' } })
  expect(some.body).toMatchObject({ people: 1, values: [{ lacking: 0 }, { lacking: 0 }] })
})
