import { alertOf } from './board-things.ts'
import type { Sample } from './samples.ts'
import type { Things } from './things.ts'

type Asker = (things: Things, phone: string) => Sample

const isIt = (phone: string) => ({ attr: 'phone', op: 'eq', value: phone })
const trendOf = (event: string, phone: string) => ({
  kind: 'trend',
  series: [{ event, where: [{ prop: 'phone', op: 'eq', value: phone }] }],
  range: { last: 30, unit: 'day' },
  audience: isIt(phone),
})
const onlyRule = (_things: Things, phone: string): Sample => ({ body: { rule: isIt(phone) } })
/** More than a list may hold of numbers that look alike. */
const alike = Array.from({ length: 300 }, (_, at) => ({
  kind: 'phone',
  value: `139${String(at).padStart(4, '0')}0000`,
}))

/** Every route by which somebody can ask whether a phone is somebody's, with a request that does. */
export const asking: Record<string, Asker> = {
  'profiles.list': (_things, phone) => ({ query: { search: phone } }),
  'profiles.find': (_things, phone) => ({ query: { q: phone } }),
  'profiles.count': (_things, phone) => ({ body: { search: phone } }),
  'profiles.explain': ({ userId }, phone) => ({
    body: { a: { kind: 'user_id', value: userId }, b: { kind: 'phone', value: phone } },
  }),
  'profiles.unmerge': ({ profile }, phone) => ({
    params: { id: profile },
    body: { identifier: { kind: 'phone', value: phone } },
  }),
  'profiles.startTrashing': (_things, phone) => ({ body: { matching: { search: phone } } }),
  'profiles.startAssigning': (_things, phone) => ({ body: { matching: { rule: isIt(phone) }, owner: null } }),
  'tags.startBatch': (_things, phone) => ({ body: { rule: isIt(phone), add: ['asked'] } }),
  'consents.listSuppressions': (_things, phone) => ({ query: { address: phone } }),
  'consents.addSuppression': (_things, phone) => ({ body: { channel: 'sms', address: phone } }),
  'consents.askToConfirm': ({ profile }, phone) => ({
    params: { id: profile },
    body: { channel: 'sms', address: phone },
  }),
  'exports.create': (_things, phone) => ({ body: { search: phone } }),
  'analytics.query': ({ eventName }, phone) => ({ body: trendOf(eventName, phone) }),
  'alerts.create': ({ eventName }, phone) => ({
    body: { ...alertOf(trendOf(eventName, phone)), name: `Alert ${phone}` },
  }),
  'alerts.preview': ({ eventName }, phone) => {
    const { question, metric, condition } = alertOf(trendOf(eventName, phone))
    return { body: { question, metric, condition } }
  },
  'analytics.people': ({ eventName }, phone) => ({
    body: { ...trendOf(eventName, phone), cell: { series: 0 } },
  }),
  'analytics.makeSegments': ({ eventName }, phone) => ({
    body: { question: trendOf(eventName, phone), parts: [{ cell: { series: 0 }, name: `Made ${phone}` }] },
  }),
  'collect.live': (_things, phone) => ({ query: { search: phone } }),
  'companies.list': (_things, phone) => ({
    query: { where: JSON.stringify([{ prop: 'contact', op: 'eq', value: phone }]) },
  }),
  'companies.count': (_things, phone) => ({
    query: { where: JSON.stringify([{ prop: 'contact', op: 'eq', value: phone }]) },
  }),
  'content.missing': ({ template }, phone) => ({ params: { id: template }, body: { rule: isIt(phone) } }),
  'segments.preview': onlyRule,
  'segments.previewDetail': onlyRule,
  'segments.explain': ({ profile }, phone) => ({ body: { rule: isIt(phone), profileId: profile } }),
  'segments.create': (_things, phone) => ({ body: { name: `Asked ${phone}`, rule: isIt(phone) } }),
  'segments.update': ({ segment }, phone) => ({
    params: { id: segment },
    body: { name: `Changed ${phone}`, rule: isIt(phone) },
  }),
  'segments.regions': (_things, phone) => ({
    body: { rules: [isIt(phone), { attr: 'city', op: 'exists' }] },
  }),
  'segments.takePack': (_things, phone) => ({
    body: {
      pack: {
        format: 'headwater.audience/1',
        segments: [
          {
            key: 'one',
            name: `Pack ${phone}`,
            kind: 'list',
            members: { form: 'sha256', identifiers: [{ kind: 'phone', value: 'a'.repeat(64) }] },
          },
        ],
        tags: [],
        attributes: [],
        events: [],
      },
    },
  }),
}

/**
 * Lists of values. They are taken when nothing is left to ask one by one, but not when the values look alike.
 */
export const askingInBulk: Record<string, Asker> = {
  'consents.importSuppressions': () => ({
    body: { csv: ['address', ...alike.map((one) => one.value)].join('\n'), channel: 'sms' },
  }),
  'segments.addPeople': ({ list }) => ({ params: { id: list }, body: { identifiers: alike } }),
  'segments.removePeople': ({ list }) => ({ params: { id: list }, body: { identifiers: alike } }),
}

/** Whose file is read by a job, which counts it: `guess-budget.test.ts` of profiles. */
export const askingByJob: readonly string[] = ['imports.start']

/** What else takes something; none of it is compared with values of people or companies that are shown masked. */
export const silent: readonly string[] = [
  // About members, roles, keys and the workspace.
  ...['access.setUp', 'access.logIn', 'access.switchWorkspace', 'access.changeMe', 'access.createWorkspace'],
  ...['access.changeWorkspace', 'access.listMembers', 'access.changeMember', 'access.createRole'],
  ...['access.changeRole', 'access.createDepartment', 'access.changeDepartment', 'access.invite'],
  ...['access.acceptInvitation', 'access.createApiKey', 'access.createWriteKey', 'access.renameWriteKey'],
  ...['access.listAudit', 'access.checkAudit', 'notices.list', 'notices.markRead', 'notices.switchType'],
  ...['views.list', 'views.create', 'views.update', 'views.setDefault', 'jobs.list'],
  // By id of a person, company or tag, or a value that is written and compared with nothing.
  ...[
    'profiles.update',
    'profiles.assignOwner',
    'profiles.assignOwners',
    'profiles.trash',
    'profiles.restore',
  ],
  ...['profiles.previewMerge', 'profiles.merge', 'profiles.reveal', 'profiles.revealEntry'],
  ...['profiles.acceptReview', 'companies.reveal', 'companies.describeAttribute'],
  ...['tags.assign', 'tags.assignMany', 'tags.create', 'tags.overlap', 'tags.move', 'tags.merge'],
  ...[
    'consents.change',
    'consents.changeMany',
    'consents.changeCap',
    'consents.createTopic',
    'consents.changeTopic',
  ],
  'consents.savePolicy',
  ...['companies.create', 'companies.update', 'companies.addPerson', 'companies.createHousehold'],
  ...['companies.updateHousehold', 'segments.overlaps', 'segments.setSchedule', 'segments.makePack'],
  ...['privacy.previewRetention', 'privacy.setRetention', 'portrait.saveSettings'],
  // Names of events, attributes, kinds, segments; a pack is compared with rules.
  ...['profiles.newPerDay', 'profiles.createAttribute', 'profiles.attribute', 'profiles.describeAttribute'],
  ...['profiles.deleteAttribute', 'profiles.saveIdentityKind', 'collect.catalogueEntry', 'collect.describe'],
  'collect.nameProperty',
  ...['collect.names', 'collect.properties', 'collect.volume', 'plans.save', 'plans.importSchema'],
  ...['plans.violations', 'health.anomalies', 'health.series', 'health.mute', 'segments.list'],
  ...['segments.history', 'segments.checkPack'],
  // Kept as it is and asked when it is opened.
  ...['analytics.listSaved', 'analytics.save', 'analytics.changeSaved'],
  ...[
    'analytics.annotate',
    'analytics.changeAnnotation',
    'analytics.listAnnotations',
    'analytics.sheet',
    'analytics.properties',
  ],
  // By id or name of an alert, whose question stays as it was made.
  ...['alerts.list', 'alerts.change', 'alerts.pause', 'alerts.mute', 'alerts.firings'],
  ...[
    'dashboards.create',
    'dashboards.update',
    'dashboards.createLink',
    'dashboards.createMail',
    'dashboards.changeMail',
  ],
  // Texts that are kept or filled in with values as the reader sees them: masked ones are stars before any condition.
  ...['content.list', 'content.create', 'content.update', 'content.saveDraft', 'content.publish'],
  ...['content.copy', 'content.preview', 'content.previewBody', 'content.testSend'],
  'content.setSms',
  ...['content.setBrand', 'content.createBlock', 'content.changeBlock'],
  // By id of a pool, a person, a code or a link.
  ...['content.createPool', 'content.changePool', 'content.addCodes'],
  ...['content.assignCoupon', 'content.redeemCoupon', 'content.createLink'],
  'content.changeLink',
  // By id or name of a board, an analysis, an event; through a link nothing can be asked but what its maker chose.
  ...['dashboards.list', 'dashboards.addTile', 'dashboards.copy', 'dashboards.setFavourite'],
  ...['dashboards.pauseMail', 'dashboards.leaveMail'],
  ...['dashboards.useTemplate', 'dashboards.listLinks', 'dashboards.openLink', 'dashboards.askLink'],
  // What is shown masked is stars before any condition of a query sees it.
  ...['sql.query', 'sql.export', 'sql.save', 'sql.changeSaved', 'sql.listSaved'],
  // Searches that pass over what is personal: properties of a person without it, names as they are shown.
  ...['profiles.timeline', 'companies.households', 'profiles.bin'],
  // Names of files, and what a wizard keeps of one.
  ...['exports.list', 'imports.list', 'imports.getUpload', 'imports.keepDraft'],
  // Files and places that are looked at without looking anybody up.
  ...['imports.preview', 'imports.saveMapping', 'imports.replaceMapping', 'imports.previewSource'],
  ...['imports.createSource', 'imports.changeSource', 'connectors.create', 'connectors.change'],
  ...['webhooks.create', 'webhooks.change', 'webhooks.listDeliveries', 'webhooks.replay'],
]

/** Where the answer to a wrong guess is a fault of the request: that is what is asked for too often elsewhere. */
export const answeredByRefusal: Record<string, string> = {
  'consents.askToConfirm': 'consent.no_address', // one of theirs, or not
}
