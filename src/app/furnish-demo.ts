import { type DemoClient, loggedIn, unlessThere, withoutName } from '#app/demo-client.ts'
import type { Department, Invitation, Role, WriteKey } from '#modules/access/contract.ts'
import type { Company, HouseholdSuggestion } from '#modules/companies/contract.ts'

import {
  type DemoMember,
  type DemoSource,
  demoAnnotations,
  demoCompanyOwner,
  demoConsents,
  demoDepartments,
  demoEventNames,
  demoInvitation,
  demoMembers,
  demoOwner,
  demoOwnerOf,
  demoPolicy,
  demoPropertyNames,
  demoRoles,
  demoSegments,
  demoSources,
  demoSpeaking,
  demoSuppressions,
  demoTagged,
  type demoTags,
} from '#modules/demo/index.ts'
import type { Profile } from '#modules/profiles/contract.ts'

type List<T> = { items: T[] }
type Tags = ReturnType<typeof demoTags>
const marketer = 'marketing@qinghe.example'

/** Departments, roles, members, sources: all before the first event. Answers the write key of each source. */
export async function furnishCompany(url: string): Promise<Record<DemoSource, string>> {
  const owner = await loggedIn(url, demoOwner.email, demoOwner.password)
  await makeDepartments(owner)
  for (const role of demoRoles) await unlessThere(owner('POST', '/api/roles', role))
  await inviteEverybody(owner, url)
  const keys = await makeSources(owner)
  await owner('DELETE', '/api/session')
  return keys
}

/** Tags, owners and segments, made by the marketer from what the events say: after all of them are projected. */
export async function furnishPeople(url: string, tags: Tags): Promise<void> {
  const marketing = await loggedIn(url, marketer, demoOwner.password)
  for (const { parent = null, ...tag } of tags.tree)
    await unlessThere(marketing('POST', '/api/tags', { ...tag, parent }))
  await giveOut(marketing, await tagPeople(marketing, tags))
  await giveOutCompanies(marketing)
  await confirmHouseholds(marketing)
  for (const segment of demoSegments) await unlessThere(marketing('POST', '/api/segments', segment))
  await marketing('DELETE', '/api/session')
}

/** What people said of being written to, as a school hears it: on forms at first, by unsubscribing later. */
export async function furnishConsents(url: string): Promise<void> {
  const owner = await loggedIn(url, demoOwner.email, demoOwner.password)
  await owner('PUT', '/api/messaging/policy', demoPolicy)
  for (let cursor = ''; ; ) {
    const page = await owner<List<Profile> & { next: string | null }>(
      'GET',
      `/api/profiles?sort=id&limit=200&rule=${encodeURIComponent(JSON.stringify(demoSpeaking))}${cursor}`,
    )
    const items = page.items.flatMap((person) =>
      demoConsents(person).map((said) => ({ profileId: person.id, ...said })),
    )
    for (let at = 0; at < items.length; at += consentsPerCall)
      await owner('POST', '/api/consents/changes', {
        items: items.slice(at, at + consentsPerCall),
        source: 'form',
      })
    if (!page.next) break
    cursor = `&cursor=${encodeURIComponent(page.next)}`
  }
  await owner('POST', '/api/suppressions/import', { csv: demoSuppressions })
  await owner('DELETE', '/api/session')
}

/** What the company calls its events, those that came; as often as wanted. */
export async function nameEvents(url: string): Promise<void> {
  const owner = await loggedIn(url, demoOwner.email, demoOwner.password)
  const { items } = await owner<List<{ name: string }>>('GET', '/api/events/names')
  for (const { name } of items) {
    const said = demoEventNames[name]
    if (!said) continue
    const { description = '', ...labels } = said
    await owner('PUT', '/api/events/catalogue/entry', { name, labels, description })
  }
  for (const [path, labels] of Object.entries(demoPropertyNames))
    await owner('PUT', '/api/events/catalogue/property', { event: null, path, labels, description: '' })
  await owner('DELETE', '/api/session')
}

/** Notes what happened on the days of the story; a seeding that starts again finds its notes there. */
export async function noteDays(url: string, end: Date): Promise<void> {
  const owner = await loggedIn(url, demoOwner.email, demoOwner.password)
  const { items } = await owner<List<{ text: string }>>('GET', '/api/analytics/annotations?limit=200')
  for (const note of demoAnnotations(end))
    if (!items.some(({ text }) => text === note.text)) await owner('POST', '/api/analytics/annotations', note)
  await owner('DELETE', '/api/session')
}

/** Two ready boards of the company's own events, on top of the owner's list: after events have their names. */
export async function furnishBoards(url: string): Promise<void> {
  const owner = await loggedIn(url, demoOwner.email, demoOwner.password)
  const known = (await owner<List<{ name: string }>>('GET', '/api/dashboards')).items
  if (known.length === 0)
    for (const key of ['management', 'marketing']) {
      const board = await owner<{ id: string }>('POST', `/api/dashboards/templates/${key}`, {})
      await owner('PUT', `/api/dashboards/${board.id}/favourite`, { favourite: true })
    }
  await owner('DELETE', '/api/session')
}

async function makeDepartments(owner: DemoClient): Promise<void> {
  for (const { name, parent } of demoDepartments) {
    const known = (await owner<List<Department>>('GET', '/api/departments')).items
    const parentId = known.find((one) => one.name === parent)?.id ?? null
    await unlessThere(owner('POST', '/api/departments', { name, parentId }))
  }
}

async function inviteEverybody(owner: DemoClient, url: string): Promise<void> {
  const roles = (await owner<List<Role>>('GET', '/api/roles')).items
  const departments = (await owner<List<Department>>('GET', '/api/departments')).items
  const invite = async (one: Pick<DemoMember, 'email' | 'role' | 'department'>) => {
    const role = roles.find(({ builtin, name }) => builtin === one.role || name === one.role)
    const department = departments.find(({ name }) => name === one.department)
    const sent = { email: one.email, roleId: role?.id, departmentId: department?.id ?? null }
    return owner<Invitation & { link: string }>('POST', '/api/invitations', sent)
  }
  for (const member of demoMembers) await unlessThere(invite(member).then((sent) => join(url, sent, member)))
  await unlessThere(invite(demoInvitation))
  await nameManagers(owner)
}

async function join(url: string, { link }: { link: string }, { name }: DemoMember): Promise<void> {
  const token = link.split('/').at(-1)
  const body = { name, password: demoOwner.password, language: 'zh' }
  await withoutName(url)('POST', `/api/invitation-links/${token}/accept`, body)
}

async function nameManagers(owner: DemoClient): Promise<void> {
  const { items } = await owner<List<{ id: string; email: string }>>('GET', '/api/members')
  const idOf = (email: string | undefined) => items.find((one) => one.email === email)?.id
  for (const { email, manager } of demoMembers)
    if (manager) await owner('PATCH', `/api/members/${idOf(email)}`, { managerId: idOf(manager) })
}

async function makeSources(owner: DemoClient): Promise<Record<DemoSource, string>> {
  const [first, ...known] = (await owner<List<WriteKey>>('GET', '/api/write-keys')).items
  const made = new Map<DemoSource, string>()
  for (const [index, { key, name, kind }] of demoSources.entries()) {
    const source =
      index === 0
        ? await owner<WriteKey>('PATCH', `/api/write-keys/${first?.id}`, { name })
        : (known.find((one) => one.name === name) ??
          (await owner<WriteKey>('POST', '/api/write-keys', { name, kind })))
    made.set(key, source.key)
  }
  return Object.fromEntries(made) as Record<DemoSource, string>
}

/** Who looks after whom: public ids of people by the mail address of a colleague. */
type Portfolios = Map<string, string[]>

const portfolioOf = (portfolios: Portfolios, email: string): string[] => {
  const known = portfolios.get(email) ?? []
  portfolios.set(email, known)
  return known
}

/** Reads everybody who is worth a tag, a page at a time, and tags the page in one call. Answers whose they shall be. */
async function tagPeople(marketing: DemoClient, tags: Tags): Promise<Portfolios> {
  const portfolios: Portfolios = new Map()
  const rule = encodeURIComponent(JSON.stringify(demoTagged))
  for (let cursor = ''; ; ) {
    const address = `/api/profiles?sort=id&limit=500&rule=${rule}${cursor}`
    const page = await marketing<List<Profile> & { next: string | null }>('GET', address)
    const items = page.items.flatMap((person) => assignmentOf(person, tags))
    if (items.length > 0) await marketing('POST', '/api/tags/assign', { items })
    const tagged = new Map(items.map(({ profileId, add }) => [profileId, add]))
    for (const { id, attributes } of page.items) {
      const email = demoOwnerOf({ city: attributes.city, tags: tagged.get(id) ?? [] })
      if (email) portfolioOf(portfolios, email).push(id)
    }
    if (!page.next) return portfolios
    cursor = `&cursor=${encodeURIComponent(page.next)}`
  }
}

// As many as one call takes.
const consentsPerCall = 500
const peoplePerCall = 1000

async function giveOut(marketing: DemoClient, portfolios: Portfolios): Promise<void> {
  const { items } = await marketing<List<{ id: string; email: string }>>('GET', '/api/members')
  for (const [email, people] of portfolios) {
    const owner = items.find((one) => one.email === email)?.id
    for (let at = 0; owner && at < people.length; at += peoplePerCall)
      await marketing('POST', '/api/profiles/owner', { ids: people.slice(at, at + peoplePerCall), owner })
  }
}

/** The lead of sales looks after the companies. */
async function giveOutCompanies(marketing: DemoClient): Promise<void> {
  const { items: members } = await marketing<List<{ id: string; email: string }>>('GET', '/api/members')
  const owner = members.find((one) => one.email === demoCompanyOwner)?.id
  const { items } = await marketing<List<Company>>('GET', '/api/companies?limit=1000&sort=name')
  for (const company of items)
    if (owner && !company.owner) await marketing('PATCH', `/api/companies/${company.id}`, { owner })
}

/** Two of three families are confirmed, the parent their main contact; the others wait to be. */
async function confirmHouseholds(marketing: DemoClient): Promise<void> {
  const found: HouseholdSuggestion[] = []
  for (let cursor = ''; found.length < householdsLookedAt; ) {
    const address = `/api/household-suggestions?limit=50${cursor}`
    const page = await marketing<List<HouseholdSuggestion> & { next: string | null }>('GET', address)
    found.push(...page.items)
    if (!page.next) break
    cursor = `&cursor=${encodeURIComponent(page.next)}`
  }
  for (const [index, { id, people }] of found.entries()) {
    if (index % 3 === 2) continue
    const parent = people.find((one) => one.role === 'guardian')
    const placed = people.map((one) => ({ person: one.id, role: one.role, main: one === parent }))
    await marketing('POST', '/api/households', { people: placed, suggestion: id })
  }
}
const householdsLookedAt = 150

function assignmentOf({ id, identifiers }: Profile, tags: Tags) {
  const logins = identifiers.filter(({ kind }) => kind === 'user_id')
  const add = [...new Set(logins.flatMap(({ value }) => tags.of(value)))]
  return add.length > 0 ? [{ profileId: id, add }] : []
}
