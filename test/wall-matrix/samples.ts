import { alertOf } from './board-things.ts'
import { consentSamples } from './consent-samples.ts'
import { contentSamples } from './content-samples.ts'
import type { Things } from './things.ts'

export type Sample = {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: Record<string, unknown>
  /** In place of a body: the bytes of a file. */
  file?: string
}
type Sampler = (things: Things, fresh: string) => Sample

const onSegment = ({ segment }: Things) => ({ all: [{ segment }] })
const onNames = ({ tagName, eventName }: Things) => ({ any: [{ tag: tagName }, { event: eventName }] })
const oneProfile: Sampler = ({ profile }) => ({ params: { id: profile } })
const oneSegment: Sampler = ({ segment }) => ({ params: { id: segment } })
const oneListChange: Sampler = ({ list, listChange }) => ({ params: { id: list, change: listChange } })
const oneExport: Sampler = (things) => ({ params: { id: things.export } })
const oneWebhook: Sampler = ({ webhook }) => ({ params: { id: webhook } })
const oneDelivery: Sampler = ({ webhook, webhookMessage }) => ({
  params: { id: webhook, message: webhookMessage },
})
const oneCompany: Sampler = ({ company }) => ({ params: { id: company } })
const companyPerson: Sampler = ({ company, profile }) => ({ params: { id: company, person: profile } })
const oneHousehold: Sampler = ({ household }) => ({ params: { id: household } })
const twoPeople = ({ child, sister }: Things) => [
  { person: child, role: 'guardian', main: true },
  { person: sister, role: 'student' },
]
const oneTag: Sampler = ({ tag }) => ({ params: { id: tag } })
const oneImport: Sampler = (things) => ({ params: { id: things.import } })
const mappingNamed = (name: string) => ({
  name,
  columns: ['ID', 'City'],
  spec: { kind: 'people', key: { column: 'ID', kind: 'user_id' } },
})
const packOf = (name: string) => ({
  format: 'headwater.audience/1',
  segments: [{ key: 'one', name, kind: 'rule', rule: { attr: 'city', op: 'exists' } }],
  tags: [],
  attributes: [],
  events: [],
})
const sourceNamed = (name: string, mapping: string) => ({
  ...{ name, mapping, place: { kind: 'folder' } },
  schedule: { every: 'cron', cron: '0 3 1 1 *' },
})
const oneSource: Sampler = ({ importSource }) => ({ params: { id: importSource } })
const storage = { kind: 's3', endpoint: 'http://127.0.0.1:9', bucket: 'leads' }
const trendOf = (event: string) => ({
  kind: 'trend',
  series: [{ event }],
  range: { last: 30, unit: 'day' },
  breakdown: ['mail'],
  audience: { attr: 'city', op: 'exists' },
})
const tileOf = (analysis: string) => ({
  ...{ id: 'til_1', kind: 'analysis', analysis, x: 0, y: 0, w: 6, h: 6 },
})
const mailTo = (name: string) => ({ addresses: [`${name}@example.com`], every: 'day', time: '03:00' })
const nothing: Sampler = () => ({})
const pageOfOne: Sampler = () => ({ query: { limit: '1' } })

/**
 * A request for every declared route, made of the ids it takes: with a workspace's own things it must succeed, with
 * another's it must answer as with nobody's. `fresh` is a text never used before. A new route needs a line here.
 */
export const samples: Record<string, Sampler> = {
  'access.setupNeeded': nothing,
  'access.setUp': (_things, fresh) => ({
    body: {
      workspace: fresh,
      email: `${fresh}@example.org`,
      password: fresh.repeat(3),
      name: fresh,
      timezone: 'UTC',
    },
  }),
  'access.logIn': ({ workspace }) => ({
    body: { email: `${workspace}@example.org`, password: 'not the one' },
  }),
  'access.me': nothing,
  'access.switchWorkspace': ({ workspace }) => ({ body: { workspaceId: workspace } }),
  'access.logOut': nothing,
  'access.listSessions': nothing,
  'access.endSession': ({ session }) => ({ params: { id: session } }),
  'access.changeMe': () => ({ body: { language: 'en' } }),
  'access.createWorkspace': (_things, fresh) => ({ body: { name: fresh, timezone: 'UTC' } }),
  'access.getWorkspace': nothing,
  'access.changeWorkspace': () => ({ body: { currency: 'CNY' } }),
  'access.listMembers': pageOfOne,
  'access.changeMember': ({ member, department }) => ({
    params: { id: member },
    body: { departmentId: department },
  }),
  'access.listRoles': nothing,
  'access.listPermissions': nothing,
  'access.createRole': (_things, fresh) => ({
    body: { name: fresh, permissions: ['people:read'], scope: 'all' },
  }),
  'access.changeRole': ({ role }, fresh) => ({ params: { id: role }, body: { name: fresh } }),
  'access.deleteRole': ({ spareRole }) => ({ params: { id: spareRole } }),
  'access.listDepartments': nothing,
  'access.createDepartment': ({ department }, fresh) => ({ body: { name: fresh, parentId: department } }),
  'access.changeDepartment': ({ spareDepartment, department }) => ({
    params: { id: spareDepartment },
    body: { parentId: department },
  }),
  'access.deleteDepartment': ({ spareDepartment }) => ({ params: { id: spareDepartment } }),
  'access.listInvitations': pageOfOne,
  'access.invite': ({ role, department }, fresh) => ({
    body: { email: `${fresh}@example.org`, roleId: role, departmentId: department },
  }),
  'access.revokeInvitation': ({ invitation }) => ({ params: { id: invitation } }),
  'access.openInvitation': ({ invitation }) => ({ params: { token: invitation } }),
  'access.acceptInvitation': ({ invitation }, fresh) => ({
    params: { token: invitation },
    body: { name: fresh, password: fresh.repeat(3) },
  }),
  'access.listApiKeys': pageOfOne,
  'access.createApiKey': (_things, fresh) => ({ body: { name: fresh, permissions: ['people:read'] } }),
  'access.revokeApiKey': ({ apiKey }) => ({ params: { id: apiKey } }),
  'access.listWriteKeys': pageOfOne,
  'access.createWriteKey': (_things, fresh) => ({ body: { name: fresh, kind: 'server' } }),
  'access.renameWriteKey': ({ writeKey }, fresh) => ({ params: { id: writeKey }, body: { name: fresh } }),
  'access.revokeWriteKey': ({ writeKey }) => ({ params: { id: writeKey } }),
  'access.listAudit': pageOfOne,
  'access.checkAudit': nothing,
  'imports.list': pageOfOne,
  'imports.preview': () => ({ file: 'ID,City\nnobody,Rome\n' }),
  'imports.start': ({ upload }) => ({
    body: { upload, spec: { kind: 'people', key: { column: 'ID', kind: 'user_id' }, dry_run: true } },
  }),
  'imports.getUpload': ({ upload }) => ({ params: { id: upload } }),
  'imports.keepDraft': ({ upload }) => ({ params: { id: upload }, body: { draft: { kind: 'people' } } }),
  'imports.listMappings': nothing,
  'imports.saveMapping': (_things, fresh) => ({ body: mappingNamed(fresh) }),
  'imports.replaceMapping': ({ importMapping }, fresh) => ({
    params: { id: importMapping },
    body: mappingNamed(fresh),
  }),
  'imports.removeMapping': ({ spareMapping }) => ({ params: { id: spareMapping } }),
  'imports.listSources': nothing,
  'imports.previewSource': ({ importFile }) => ({
    body: { place: { kind: 'folder', glob: importFile } },
  }),
  'imports.createSource': ({ importMapping }, fresh) => ({ body: sourceNamed(fresh, importMapping) }),
  'imports.getSource': oneSource,
  'imports.changeSource': ({ importSource }, fresh) => ({
    params: { id: importSource },
    body: { name: fresh },
  }),
  'imports.removeSource': ({ spareSource }) => ({ params: { id: spareSource } }),
  'imports.runSource': oneSource,
  'imports.listRuns': oneSource,
  'connectors.list': nothing,
  'connectors.create': (_things, fresh) => ({
    body: { name: fresh, place: storage, credentials: { key: 'k', secret: 's' } },
  }),
  'connectors.change': ({ connection }, fresh) => ({ params: { id: connection }, body: { name: fresh } }),
  'connectors.test': ({ connection }) => ({ params: { id: connection } }),
  'connectors.remove': ({ spareConnection }) => ({ params: { id: spareConnection } }),
  'imports.get': oneImport,
  'imports.errors': oneImport,
  'imports.cancel': ({ waitingImport }) => ({ params: { id: waitingImport } }),
  'imports.undo': oneImport,
  'analytics.makeSegments': ({ eventName }, fresh) => ({
    body: { question: trendOf(eventName), parts: [{ cell: { series: 0 }, name: fresh }] },
  }),
  'analytics.undoSegments': ({ making }) => ({ params: { id: making } }),
  ...contentSamples,
  'alerts.list': pageOfOne,
  'alerts.options': nothing,
  'alerts.firings': ({ eventName }) => ({
    body: { question: trendOf(eventName), from: '2026-01-01', to: '2027-12-31' },
  }),
  'alerts.get': ({ alert }) => ({ params: { id: alert } }),
  'alerts.create': ({ eventName }, fresh) => ({ body: { ...alertOf(trendOf(eventName)), name: fresh } }),
  'alerts.change': ({ alert }, fresh) => ({ params: { id: alert }, body: { version: 1, name: fresh } }),
  'alerts.remove': ({ spareAlert }) => ({ params: { id: spareAlert } }),
  'alerts.restore': ({ deletedAlert }) => ({ params: { id: deletedAlert } }),
  'alerts.pause': ({ alert }) => ({ params: { id: alert }, body: { paused: false } }),
  'alerts.mute': ({ alert }) => ({ params: { id: alert }, body: { until: null } }),
  'alerts.history': ({ alert }) => ({ params: { id: alert } }),
  'alerts.preview': ({ eventName }) => {
    const { question, metric, condition } = alertOf(trendOf(eventName))
    return { body: { question, metric, condition } }
  },
  'analytics.query': ({ eventName }) => ({ body: trendOf(eventName) }),
  'analytics.events': nothing,
  'analytics.properties': ({ eventName }) => ({ query: { event: eventName } }),
  'analytics.listAnnotations': pageOfOne,
  'analytics.annotate': (_, fresh) => ({ body: { day: '2026-11-11', text: fresh } }),
  'analytics.changeAnnotation': ({ annotation }, fresh) => ({
    params: { id: annotation },
    body: { version: 1, text: fresh },
  }),
  'analytics.removeAnnotation': ({ spareAnnotation }) => ({ params: { id: spareAnnotation } }),
  'analytics.sheet': () => ({ body: { title: 'T', header: ['n'], rows: [[1]] } }),
  'analytics.listSaved': pageOfOne,
  'analytics.getSaved': ({ analysis }) => ({ params: { id: analysis } }),
  'analytics.save': ({ eventName }, fresh) => ({ body: { name: fresh, question: trendOf(eventName) } }),
  'analytics.changeSaved': ({ analysis }) => ({
    params: { id: analysis },
    body: { version: 1, folder: 'A' },
  }),
  'analytics.removeSaved': ({ spareAnalysis }) => ({ params: { id: spareAnalysis } }),
  'sql.query': ({ eventName }) => ({
    body: {
      sql: 'SELECT event, person, props.mail, count() FROM events WHERE event = {event:String} GROUP BY ALL',
      params: { event: eventName },
    },
  }),
  'sql.export': () => ({ body: { sql: 'SELECT * FROM people LEFT JOIN orders USING (person)' } }),
  'sql.catalogue': nothing,
  'sql.history': nothing,
  'sql.listSaved': pageOfOne,
  'sql.getSaved': ({ savedQuery }) => ({ params: { id: savedQuery } }),
  'sql.save': (_, fresh) => ({ body: { name: fresh, sql: 'SELECT name FROM companies' } }),
  'sql.changeSaved': ({ savedQuery }) => ({
    params: { id: savedQuery },
    body: { version: 1, sql: 'SELECT segment FROM segment_members' },
  }),
  'sql.removeSaved': ({ spareQuery }) => ({ params: { id: spareQuery } }),
  'analytics.people': ({ eventName }) => ({ body: { ...trendOf(eventName), cell: { series: 0 } } }),
  'health.sources': nothing,
  'health.anomalies': nothing,
  'health.series': ({ eventName }) => ({ query: { series: `event:${eventName}` } }),
  'health.mute': ({ eventName }) => ({ body: { series: `event:${eventName}`, hours: 1 } }),
  'notices.list': pageOfOne,
  'notices.count': nothing,
  'notices.markRead': () => ({ body: { ids: ['ntc_none'] } }),
  'notices.switches': nothing,
  'notices.switchType': () => ({ params: { type: 'job.finished' }, body: { on: false } }),
  'jobs.list': pageOfOne,
  'jobs.get': ({ job }) => ({ params: { id: job } }),
  'jobs.cancel': ({ job }) => ({ params: { id: job } }),
  'exports.list': pageOfOne,
  'exports.create': ({ segment }) => ({ body: { segment, columns: ['id'] } }),
  'exports.get': oneExport,
  'exports.file': oneExport,
  'exports.cancel': oneExport,
  'portrait.overview': oneProfile,
  'portrait.settings': nothing,
  'portrait.saveSettings': () => ({ body: { important: ['city'] } }),
  'dashboards.list': pageOfOne,
  'dashboards.get': ({ board }) => ({ params: { id: board } }),
  'dashboards.create': ({ analysis }, fresh) => ({
    body: { name: fresh, tiles: [tileOf(analysis)], filters: { audience: { attr: 'city', op: 'exists' } } },
  }),
  'dashboards.update': ({ board, analysis }, fresh) => ({
    params: { id: board },
    body: { version: 1, name: fresh, tiles: [tileOf(analysis)] },
  }),
  'dashboards.addTile': ({ spareBoard, analysis }) => ({ params: { id: spareBoard }, body: { analysis } }),
  'dashboards.copy': ({ board }, fresh) => ({ params: { id: board }, body: { name: fresh } }),
  'dashboards.remove': ({ spareBoard }) => ({ params: { id: spareBoard } }),
  'dashboards.restore': ({ deletedBoard }) => ({ params: { id: deletedBoard } }),
  'dashboards.setFavourite': ({ board }) => ({ params: { id: board }, body: { favourite: true } }),
  'dashboards.templates': nothing,
  'dashboards.useTemplate': () => ({
    params: { key: 'sales' },
    body: { events: { sign_up: null, meeting: null, order: null } },
  }),
  'dashboards.listLinks': pageOfOne,
  'dashboards.createLink': ({ board }) => ({ params: { id: board }, body: { days: 1 } }),
  'dashboards.revokeLink': ({ boardLink }) => ({ params: { id: boardLink } }),
  'dashboards.listMails': ({ board }) => ({ params: { id: board } }),
  'dashboards.createMail': ({ board }, fresh) => ({ params: { id: board }, body: mailTo(fresh) }),
  'dashboards.changeMail': ({ boardMail }, fresh) => ({ params: { id: boardMail }, body: mailTo(fresh) }),
  'dashboards.pauseMail': ({ boardMail }) => ({ params: { id: boardMail }, body: { paused: true } }),
  'dashboards.removeMail': ({ spareMail }) => ({ params: { id: spareMail } }),
  'dashboards.sendMail': ({ boardMail }) => ({ params: { id: boardMail } }),
  'dashboards.readLeaving': ({ boardMail }) => ({ params: { token: boardMail } }),
  'dashboards.leaveMail': ({ boardMail }) => ({ params: { token: boardMail }, body: { again: false } }),
  'dashboards.openLink': ({ boardLink }) => ({ body: { token: boardLink } }),
  'dashboards.askLink': ({ boardLink }) => ({ body: { token: boardLink, tile: 'til_1' } }),
  'views.list': () => ({ query: { list: 'people' } }),
  'views.get': ({ view }) => ({ params: { id: view } }),
  'views.create': (_things, fresh) => ({ body: { list: 'people', name: fresh, content: {} } }),
  'views.update': ({ view }) => ({ params: { id: view }, body: { version: 1, content: { q: 'x' } } }),
  'views.remove': ({ spareView }) => ({ params: { id: spareView } }),
  'views.setDefault': ({ view, role }) => ({ body: { list: 'people', roleId: role, viewId: view } }),
  'privacy.export': oneProfile,
  'privacy.erase': oneProfile,
  'privacy.list': pageOfOne,
  'privacy.retention': nothing,
  'privacy.previewRetention': () => ({ body: { days: 365 } }),
  'privacy.setRetention': () => ({ body: { days: null } }),
  'instance.rebuild': nothing,
  'instance.backup': nothing,
  'companies.list': () => ({ query: { limit: '1', sort: 'people' } }),
  'companies.count': nothing,
  'companies.get': oneCompany,
  'companies.create': (_things, fresh) => ({ body: { name: fresh, externalId: fresh } }),
  'companies.update': ({ company, member }, fresh) => ({
    params: { id: company },
    body: { attributes: { note: fresh }, owner: member },
  }),
  'companies.remove': ({ spareCompany }) => ({ params: { id: spareCompany } }),
  'companies.restore': ({ spareCompany }) => ({ params: { id: spareCompany } }),
  'companies.people': oneCompany,
  'companies.addPerson': ({ company, otherProfile }) => ({
    params: { id: company },
    body: { person: otherProfile, title: 'CEO' },
  }),
  'companies.removePerson': companyPerson,
  'companies.restorePerson': companyPerson,
  'companies.activity': oneCompany,
  'companies.suggestions': oneCompany,
  'companies.attributes': nothing,
  'companies.describeAttribute': ({ companyAttribute }) => ({
    body: { name: companyAttribute, personal: true },
  }),
  'companies.reveal': ({ company, companyAttribute }) => ({
    params: { id: company },
    body: { fields: [companyAttribute] },
  }),
  'companies.households': pageOfOne,
  'companies.household': oneHousehold,
  'companies.createHousehold': (things, fresh) => ({ body: { name: fresh, people: twoPeople(things) } }),
  'companies.updateHousehold': (things, fresh) => ({
    params: { id: things.household },
    body: { name: fresh, people: twoPeople(things) },
  }),
  'companies.removeHousehold': ({ spareHousehold }) => ({ params: { id: spareHousehold } }),
  'companies.restoreHousehold': ({ spareHousehold }) => ({ params: { id: spareHousehold } }),
  'companies.householdSuggestions': pageOfOne,
  'companies.dismissSuggestion': ({ suggestion }) => ({ params: { id: suggestion } }),
  'companies.householdsOfProfile': oneProfile,
  'companies.ofProfile': oneProfile,
  'segments.ofCompany': oneCompany,
  'profiles.list': ({ userId, tagName, segment }) => ({
    query: {
      limit: '1',
      search: userId,
      rule: JSON.stringify({ any: [{ tag: tagName }, { segment }, { attr: 'city', op: 'exists' }] }),
    },
  }),
  'profiles.find': ({ userId }) => ({ query: { q: userId } }),
  'profiles.count': (things) => ({ body: { rule: onNames(things), search: things.userId } }),
  'profiles.newPerDay': () => ({ query: { days: '7' } }),
  'profiles.get': oneProfile,
  'profiles.timeline': (things) => ({ ...oneProfile(things, ''), query: { limit: '1', include: 'system' } }),
  'profiles.timelineGroups': oneProfile,
  'profiles.revealEntry': ({ profile, entryAt, entryId }) => ({
    params: { id: profile },
    body: { at: entryAt, id: entryId },
  }),
  'profiles.bin': pageOfOne,
  'profiles.trash': ({ spareProfile }) => ({ body: { ids: [spareProfile] } }),
  'profiles.restore': ({ spareProfile }) => ({ body: { ids: [spareProfile] } }),
  'profiles.startTrashing': ({ oldProfile }) => ({ body: { ids: [oldProfile] } }),
  'profiles.startAssigning': ({ profile, member }) => ({ body: { ids: [profile], owner: member } }),
  'profiles.listBatches': pageOfOne,
  'profiles.getBatch': ({ peopleBatch }) => ({ params: { id: peopleBatch } }),
  'profiles.undoBatch': ({ peopleBatch }) => ({ params: { id: peopleBatch } }),
  'profiles.eventNames': oneProfile,
  'profiles.update': ({ profile }, fresh) => ({
    params: { id: profile },
    body: { attributes: { note: fresh } },
  }),
  'profiles.assignOwner': ({ profile, member }) => ({ params: { id: profile }, body: { owner: member } }),
  'profiles.assignOwners': ({ profile, member }) => ({ body: { ids: [profile], owner: member } }),
  'profiles.identity': oneProfile,
  'profiles.explain': ({ userId, device }) => ({
    body: { a: { kind: 'user_id', value: userId }, b: { kind: 'anonymous_id', value: device } },
  }),
  'profiles.previewMerge': ({ profile, otherProfile }) => ({
    params: { id: profile },
    body: { with: otherProfile },
  }),
  'profiles.merge': ({ profile, otherProfile }) => ({
    params: { id: profile },
    body: { with: otherProfile },
  }),
  'profiles.unmerge': ({ profile, device }) => ({
    params: { id: profile },
    body: { identifier: { kind: 'anonymous_id', value: device } },
  }),
  'profiles.reveal': ({ profile }) => ({
    params: { id: profile },
    body: { fields: ['phone', 'email', 'name'] },
  }),
  'profiles.attributes': nothing,
  'profiles.createAttribute': (_things, fresh) => ({ body: { name: fresh, type: 'text' } }),
  'profiles.attribute': ({ attribute }) => ({ query: { name: attribute } }),
  'profiles.describeAttribute': ({ attribute }, fresh) => ({ body: { name: attribute, description: fresh } }),
  'profiles.deleteAttribute': ({ spareAttribute }) => ({ query: { name: spareAttribute } }),
  'profiles.identityKinds': nothing,
  'profiles.saveIdentityKind': ({ identityKind }) => ({
    params: { kind: identityKind },
    body: { class: 'contact', priority: 60, limit: 5, blocked: [] },
  }),
  'collect.status': nothing,
  'collect.live': ({ userId }) => ({ query: { search: userId, limit: '1' } }),
  'collect.catalogue': nothing,
  'collect.catalogueEntry': ({ eventName }) => ({ query: { name: eventName } }),
  'collect.describe': ({ eventName, member }) => ({
    body: { name: eventName, description: eventName, ownerId: member },
  }),
  // Of every event: a name said of the other's event would be the caller's own, and stand in its answers.
  'collect.nameProperty': (_, fresh) => ({
    body: { event: null, path: fresh, labels: { zh: '', en: fresh }, description: '' },
  }),
  'collect.titles': nothing,
  'collect.names': ({ eventName }) => ({ query: { search: eventName } }),
  'collect.properties': ({ eventName }) => ({ query: { event: eventName } }),
  'collect.volume': ({ eventName }) => ({ query: { name: eventName } }),
  'profiles.review': nothing,
  'profiles.acceptReview': ({ profile }) => ({ body: { id: `crowded:${profile}:email`, count: 1 } }),
  'plans.get': nothing,
  // A version that never is in force: every answer of the plan tells how often it was changed.
  'plans.save': ({ eventName }) => ({ body: { base: 99, events: [{ name: eventName }] } }),
  'plans.schema': nothing,
  'plans.importSchema': ({ eventName }) => ({
    body: { base: 99, schema: { $defs: { [eventName]: {} } } },
  }),
  'plans.violations': ({ eventName }) => ({ query: { event: eventName } }),
  ...consentSamples,
  'tags.assign': ({ profile }, fresh) => ({ params: { id: profile }, body: { add: [fresh] } }),
  'tags.assignMany': ({ profile }, fresh) => ({ body: { items: [{ profileId: profile, add: [fresh] }] } }),
  'tags.ofPerson': oneProfile,
  'tags.historyOfPerson': (things) => ({ ...oneProfile(things, ''), query: { limit: '1' } }),
  'tags.list': nothing,
  'tags.get': oneTag,
  'tags.history': (things) => ({ ...oneTag(things, ''), query: { limit: '1' } }),
  'tags.overlap': ({ tag, spareTag }) => ({ query: { ids: `${tag},${spareTag}` } }),
  'tags.stale': nothing,
  'tags.startBatch': ({ profile }, fresh) => ({ body: { ids: [profile], add: [fresh], why: fresh } }),
  'tags.listBatches': pageOfOne,
  'tags.getBatch': ({ tagBatch }) => ({ params: { id: tagBatch } }),
  'tags.undoBatch': ({ tagBatch }) => ({ params: { id: tagBatch } }),
  'tags.merge': ({ oldTag, tag }) => ({ params: { id: oldTag }, body: { into: tag } }),
  'tags.archive': ({ spareTag }) => ({ params: { id: spareTag } }),
  'tags.unarchive': ({ spareTag }) => ({ params: { id: spareTag } }),
  'tags.create': ({ tagName }, fresh) => ({ body: { name: fresh, parent: tagName } }),
  'tags.move': ({ spareTag, tagName }, fresh) => ({
    params: { id: spareTag },
    body: { name: fresh, parent: tagName },
  }),
  'tags.remove': ({ spareTag }) => ({ params: { id: spareTag } }),
  'segments.preview': (things) => ({ body: { rule: onSegment(things) } }),
  'segments.previewDetail': (things) => ({ body: { rule: onNames(things) } }),
  'segments.explain': (things) => ({ body: { rule: onNames(things), profileId: things.profile } }),
  'segments.list': pageOfOne,
  'segments.create': (things, fresh) => ({ body: { name: fresh, rule: onSegment(things) } }),
  'segments.get': oneSegment,
  'segments.update': ({ segment, tagName }, fresh) => ({
    params: { id: segment },
    body: { name: fresh, rule: { tag: tagName } },
  }),
  'segments.versions': oneSegment,
  'segments.restoreVersion': ({ segment }) => ({ params: { id: segment, number: '1' } }),
  'segments.regions': (things) => ({ body: { rules: [onSegment(things), onNames(things)] } }),
  'segments.overlaps': ({ segment, otherSegment }) => ({ body: { segments: [segment, otherSegment] } }),
  'segments.uses': oneSegment,
  'segments.snapshots': ({ segment }) => ({ params: { id: segment }, query: { limit: '1' } }),
  'segments.takeSnapshot': oneSegment,
  'segments.removeSnapshot': ({ segment, snapshot }) => ({ params: { id: segment, snapshot } }),
  'segments.schedule': oneSegment,
  'segments.setSchedule': ({ segment }) => ({
    params: { id: segment },
    body: { schedule: { every: 'week', day: 1, time: '08:00', keep: 3 } },
  }),
  'segments.makePack': ({ segment }) => ({ body: { segments: [segment] } }),
  'segments.checkPack': (_things, fresh) => ({ body: { pack: packOf(fresh) } }),
  'segments.takePack': (_things, fresh) => ({ body: { pack: packOf(fresh) } }),
  'segments.addPeople': ({ list, profile }) => ({ params: { id: list }, body: { ids: [profile] } }),
  'segments.removePeople': ({ list, otherProfile }) => ({
    params: { id: list },
    body: { ids: [otherProfile] },
  }),
  'segments.changes': ({ list }) => ({ params: { id: list }, query: { limit: '1' } }),
  'segments.unmatched': oneListChange,
  'segments.undoChange': oneListChange,
  'segments.remove': ({ spareSegment }) => ({ params: { id: spareSegment } }),
  'segments.restore': ({ deletedSegment }) => ({ params: { id: deletedSegment } }),
  'segments.members': ({ segment }) => ({ params: { id: segment }, query: { limit: '1' } }),
  'segments.history': oneSegment,
  'segments.ofProfile': oneProfile,
  'webhooks.list': pageOfOne,
  'webhooks.create': ({ deletedSegment }, fresh) => ({
    body: {
      url: `https://93.184.215.14/${fresh}`,
      types: ['segment.left'],
      segments: [deletedSegment],
    },
  }),
  'webhooks.get': oneWebhook,
  'webhooks.change': ({ webhook }, fresh) => ({ params: { id: webhook }, body: { description: fresh } }),
  'webhooks.remove': ({ spareWebhook }) => ({ params: { id: spareWebhook } }),
  'webhooks.rotateSecret': oneWebhook,
  'webhooks.test': oneWebhook,
  'webhooks.listDeliveries': (things) => ({ ...oneWebhook(things, ''), query: { limit: '1' } }),
  'webhooks.getDelivery': oneDelivery,
  'webhooks.sendAgain': oneDelivery,
  'webhooks.replay': ({ webhook }) => ({
    params: { id: webhook },
    body: { from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' },
  }),
}
