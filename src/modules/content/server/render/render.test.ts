import { afterAll, expect, test } from 'vitest'
import { openCompiler } from '#modules/content/server/compile/open-compiler.ts'
import { openLinkTokens, readLinkToken } from '#modules/content/server/render/link-tokens.ts'
import { openRenderer } from '#modules/content/server/render/open-renderer.ts'
import { type Rendered, type RenderInput, renderMany } from '#modules/content/server/render/render-many.ts'
import type { TemplateVersion } from '#modules/content/server/render/version.ts'

const compiler = openCompiler()
const renderer = openRenderer(1)
const tokens = openLinkTokens(Buffer.alloc(32, 7))
afterAll(async () => {
  await compiler.close()
  await renderer.close()
})
let versions = 0

async function make(body: Record<string, unknown>): Promise<TemplateVersion> {
  const { parts, needs, links } = await compiler.compile(
    'email',
    { subject: 's', ...body },
    { purpose: 'marketing' },
  )
  return {
    ...{ templateId: 't', name: 'n', channel: 'email', purpose: 'marketing', number: 1, num: ++versions },
    ...{ workspace: 1, languages: ['en'], bodies: { en: body }, compiled: { en: parts }, needs, links },
    ...{ onMissing: 'send', sms: { signature: '', unsubscribe: '' } },
  }
}
const run = (version: TemplateVersion, people: RenderInput[], linkBase?: string) =>
  renderMany({ renderer, tokens }, version, people, { workspace: { name: 'W', timezone: 'UTC' }, linkBase })
const htmlOf = (made: Rendered | undefined) => (made && 'body' in made ? String(made.body.html) : '')
const one = (name: string, more = {}): RenderInput => ({ message: `msg_${name}`, person: { name, ...more } })

test('one whose text hangs is killed, and everybody else gets theirs', async () => {
  // An empty loop gets around the limits of LiquidJS (CVE-2026-44645).
  const version = await make({
    html: '<p>{{ person.name }}{% if person.bomb %}{% for a in (1..40000) %}{% for b in (1..40000) %}{% endfor %}{% endfor %}{% endif %}</p>',
  })
  const people = Array.from({ length: 30 }, (_, at) => one(`p${at}`, { bomb: at === 17 }))
  const made = await run(version, people)
  expect(made.flatMap((each, at) => ('error' in each ? [at] : []))).toEqual([17])
  expect(made.map((each) => ('error' in each ? '' : each.body.html))).toEqual(
    people.map((_, at) => (at === 17 ? '' : `<p>p${at}</p>`)),
  )
})

test('a text that eats memory or prints without end is refused, the next one works', async () => {
  const grow = await make({
    html: '{% assign a = "xxxxxxxxxx" %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}{{ a }}',
  })
  expect(await run(grow, [one('a')])).toMatchObject([{ error: expect.any(String) }])
  const long = await make({ html: `{% for i in (1..9000) %}${'<b>long</b>'.repeat(30)}{% endfor %}` })
  expect(await run(long, [one('a')])).toMatchObject([{ error: 'too_large' }])
  const fine = await make({ html: '<p>{{ person.name }}</p>' })
  expect(await run(fine, [one('a')])).toMatchObject([{ body: { html: '<p>a</p>' } }])
})

test('nothing of objects but what they hold can be named, and nothing of ours', async () => {
  const version = await make({
    text: '[{{ person.constructor.name }}{{ person.__proto__ }}{{ person.name.constructor }}{{ process.env.HOME }}{{ person.toString }}]',
    html: 'x',
  })
  const [made] = await run(version, [one('a')])
  expect(made).toMatchObject({ body: { text: '[]' } })
})

test('links of a message carry which of the version they are; forged ones are nobody’s', async () => {
  const version = await make({
    html: '<a href="https://a.example/?x=1&amp;y=2">a</a><a href="https://b.example/{{ person.name }}">b</a><a href="mailto:a@example.com">m</a>',
  })
  expect(version.links).toEqual(['https://a.example/?x=1&y=2', 'https://b.example/{{ person.name }}'])
  const [made] = await run(version, [one('A B')], 'https://hw.example')
  expect(made && 'error' in made).toBe(false)
  const html = htmlOf(made)
  const addresses = [...html.matchAll(/href="([^"]+)"/g)].map(
    ([, url]) => new URL(String(url).replaceAll('&amp;', '&')),
  )
  expect(addresses[2]?.href).toBe('mailto:a@example.com')
  expect(readLinkToken(tokens, addresses[0]?.pathname.slice(3) ?? '')).toBeUndefined()
})

test('tokens say version, message and link; whoever alters one has none', async () => {
  const version = await make({
    html: '<a href="https://a.example/">a</a> <a href="https://b.example/{{ person.name }}">b</a>',
  })
  const [made] = await run(version, [one('B')], 'https://hw.example')
  const html = htmlOf(made)
  const [still, own] = [...html.matchAll(/href="([^"]+)"/g)].map(
    ([, url]) => new URL(String(url).replaceAll('&amp;', '&')),
  )
  const token = still?.pathname.slice(3) ?? ''
  expect(readLinkToken(tokens, token)).toEqual({
    version: version.num,
    message: 'msg_B',
    link: 0,
    target: undefined,
  })
  expect(readLinkToken(tokens, token.replace('msg_B', 'msg_C'))).toBeUndefined()
  expect(readLinkToken(openLinkTokens(Buffer.alloc(32, 8)), token)).toBeUndefined()
  const [to, s] = [own?.searchParams.get('to') ?? '', own?.searchParams.get('s') ?? '']
  expect(to).toBe('https://b.example/B')
  const ownToken = own?.pathname.slice(3) ?? ''
  expect(readLinkToken(tokens, ownToken, to, s)).toMatchObject({ link: 1, target: to })
  expect(readLinkToken(tokens, ownToken, 'https://evil.example/', s)).toBeUndefined()
})

test('dates are the person’s, money is as their language writes it', async () => {
  const version = await make({
    text: '{{ event.time | date: "%Y-%m-%d %H:%M" }} {{ event.amount | money: "USD" }} {{ "2026-05-01" | date: "long" }}',
    html: 'x',
  })
  const person = { name: 'a', timezone: 'America/New_York', language: 'en' }
  const [made] = await run(version, [
    { message: 'm', person, event: { time: '2026-01-01T03:00:00Z', amount: 1234.5 } },
  ])
  expect(made).toMatchObject({ body: { text: '2025-12-31 22:00 $1,234.50 Friday, May 1, 2026' } })
})

test('many batches that wait for one thread: everybody has one answer, in their order', async () => {
  const version = await make({ html: '<p>{{ person.name }}</p>' })
  const people = Array.from({ length: 1050 }, (_, at) => one(`p${at}`))
  const made = await run(version, people)
  expect(made.map(htmlOf)).toEqual(people.map(({ person }) => `<p>${person.name}</p>`))
})
