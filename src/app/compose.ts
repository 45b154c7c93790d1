import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Registry } from 'prom-client'
import type { CollectorProcess } from '#app/collector/keep-collecting.ts'
import { instanceRoutes } from '#app/instance-routes.ts'
import { analyticsSchemas } from '#app/schemas.ts'
import { serveOperations } from '#app/serve-operations.ts'
import { serveTracker } from '#app/serve-tracker.ts'
import { serveWeb } from '#app/serve-web.ts'
import { version } from '#app/version.ts'
import { type Access, createSourceNames, membersWith, openAccess } from '#modules/access/index.ts'
import { alertsOfAnalyses, alertsOfSegments, openAlerts } from '#modules/alerts/index.ts'
import { analysesOfSegments, openAnalytics } from '#modules/analytics/index.ts'
import { type Collect, openCollect } from '#modules/collect/index.ts'
import { openCompanies, personalCompanyAttributes } from '#modules/companies/index.ts'
import { openConnectors } from '#modules/connectors/index.ts'
import { type Consents, openConsents, reachProjection, seedTopics } from '#modules/consents/index.ts'
import { type Content, openContent } from '#modules/content/index.ts'
import { boardsOfAnalyses, boardsOfSegments, openDashboards } from '#modules/dashboards/index.ts'
import { type Exports, exportsOfSegments, openExports } from '#modules/exports/index.ts'
import { type Health, openHealth } from '#modules/health/index.ts'
import { importSources, openImports } from '#modules/imports/index.ts'
import { openNotices } from '#modules/notices/index.ts'
import { orderKeeper, orderProjection, orderTimeline } from '#modules/orders/index.ts'
import { openPlans } from '#modules/plans/index.ts'
import { openPortrait } from '#modules/portrait/index.ts'
import { openLedger, openPrivacy, type Privacy } from '#modules/privacy/index.ts'
import {
  identifiersByHash,
  identifiersOfUnits,
  identifierUnits,
  openProfiles,
  type Profiles,
} from '#modules/profiles/index.ts'
import { attributeMentions, openSegments, type Segments, tagMentions } from '#modules/segments/index.ts'
import { openSql } from '#modules/sql/index.ts'
import { openTags } from '#modules/tags/index.ts'
import { openViews, viewsOfSegments } from '#modules/views/index.ts'
import { openWebhooks } from '#modules/webhooks/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { DictionarySource } from '#platform/ch/ddl.ts'
import { migrateAnalytics } from '#platform/ch/migrate.ts'
import { openDrawer } from '#platform/chromium/draw-page.ts'
import type { Clock } from '#platform/clock.ts'
import type { Settings } from '#platform/config.ts'
import type { ServedRoute } from '#platform/http/implement.ts'
import type { NamedRoute } from '#platform/http/openapi.ts'
import { createServer, serveRoutes } from '#platform/http/server.ts'
import { serveJobs } from '#platform/jobs/job-routes.ts'
import { type EventHandler, jobsOf, subscriptionsOf } from '#platform/jobs/subscriptions.ts'
import { startWorker } from '#platform/jobs/worker.ts'
import type { Log } from '#platform/log.ts'
import { openMailer } from '#platform/mail/open-mailer.ts'
import { createOutbound } from '#platform/outbound/create-outbound.ts'
import { type Database, openDatabase } from '#platform/pg/database.ts'
import { openSecretBox } from '#platform/secrets.ts'
import type { CallCompanion } from '#slots/call-companion.ts'
import type { ConnectionUse } from '#slots/connection-use.ts'
import type { PeopleReactor } from '#slots/people-change.ts'

export type ComposeOptions = {
  settings: Settings
  log: Log
  clock: Clock
  databaseUrl: string
  ch: ClickHouse
  chSource: DictionarySource
  instanceKey: Buffer
  instanceToken: string
  /** A collector process stands before this one: the peer it names is the peer, and its metrics are shown with ours. */
  collector?: Pick<CollectorProcess, 'metrics' | 'forget'>
}

export type App = {
  server: FastifyInstance
  database: Database
  ch: ClickHouse
  access: Access
  collect: Collect
  profiles: Profiles
  segments: Segments
  exports: Exports
  content: Content
  privacy: Privacy
  consents: Consents
  health: Health
  namedRoutes: NamedRoute[]
  /** Projection, reactions and jobs begin. */
  start(): void
  /** Finishes what was accepted, then lets go; engines are stopped by whoever started them. */
  stop(): Promise<void>
}

/** Wires every module, once; nothing runs before `start`. */
export async function compose(options: ComposeOptions): Promise<App> {
  const { settings, log, clock, ch, instanceKey, instanceToken } = options
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const handlers: EventHandler[] = [] // modules add theirs below
  const database = openDatabase({
    url: options.databaseUrl,
    subscriptions: subscriptionsOf(handlers),
    onError: (error) => log.warn({ err: error }, 'database connection lost'),
  })
  await migrateAnalytics(ch, analyticsSchemas, ch, options.chSource)

  const baseUrl = settings.HEADWATER_BASE_URL.replace(/\/$/, '')
  const access = openAccess({
    database,
    clock,
    log,
    instanceKey,
    instanceToken,
    baseUrl,
    onForget: () => options.collector?.forget(),
    seeds: [seedTopics],
  })
  const notices = openNotices({ database, clock, log, membersWith })
  handlers.push(...notices.handlers)
  const { notifier } = notices
  const reactors: PeopleReactor[] = []
  const sourceNames = createSourceNames([importSources])
  const companions: CallCompanion[] = []
  // Profiles and tags write through the projector, which is opened after them: the slot is filled then.
  const writer: Pick<Collect['projector'], 'write' | 'inTurn'> = {
    write: (ctx, work) => collect.projector.write(ctx, work),
    inTurn: (work) => collect.projector.inTurn(work),
  }
  const profiles = openProfiles({
    database,
    ch,
    log,
    clock,
    instanceKey,
    writer,
    audit: access.audit,
    mentions: [attributeMentions],
    circleMarks: personalCompanyAttributes,
    sourceNames,
    companions,
    projections: [reachProjection(instanceKey, clock)],
    notifier,
  })
  const companies = openCompanies({
    database,
    ch,
    writer,
    audit: access.audit,
    personIds: profiles.personIds,
    profiles,
  })
  const mailer = openMailer(settings)
  const outbound = createOutbound({ allow: settings.HEADWATER_ALLOW_TARGETS })
  const webhooks = openWebhooks({
    database,
    clock,
    log,
    outbound,
    secrets: openSecretBox(instanceKey),
    personIds: profiles.personIds,
    audit: access.audit,
    notifier,
  })
  const health = openHealth({ database, ch, clock, log, notifier, audit: access.audit })
  const plans = openPlans({ database, audit: access.audit, sourceNames })
  const collect = openCollect({
    database,
    ch,
    clock,
    log,
    registry,
    access,
    reactors,
    listeners: [webhooks.peopleListener],
    judge: plans.judge,
    words: plans.words,
    projections: [orderProjection],
    records: [companies.records],
    people: {
      agree: async () => (await profiles.peopleSource.agree()) && (await companies.agree()),
      rebuild: async (progress) => {
        await companies.rebuild()
        return profiles.peopleSource.rebuild(progress)
      },
    },
    afterRebuild: async () => {
      await segments.recountAll()
      await analytics.voidKept()
    },
    recogniser: profiles.recogniser,
    personIds: profiles.personIds,
    mask: profiles.mask,
    ask: profiles.guesses.ask,
    sourceNames,
    flushMs: settings.HEADWATER_COLLECT_FLUSH_MS,
    queueBytes: settings.HEADWATER_COLLECT_QUEUE_MB * 1024 * 1024,
    itemsPerSecond: settings.HEADWATER_COLLECT_RATE,
  })
  const tags = openTags({
    database,
    ch,
    clock,
    log,
    profiles,
    writer,
    mentions: [tagMentions],
    audit: access.audit,
  })
  // Letters and links need a whole address, set or not.
  const { HEADWATER_HOST: host, HEADWATER_PORT: port } = settings
  const address = baseUrl || `http://${host === '0.0.0.0' ? 'localhost' : host}:${port}`
  const consents = openConsents({
    database,
    ch,
    clock,
    log,
    instanceKey,
    writer,
    profiles,
    audit: access.audit,
    listeners: [webhooks.consentListener],
    senders: [],
    mailer,
    baseUrl: address,
  })
  const connectionUses: ConnectionUse[] = []
  const connectors = openConnectors({
    database,
    outbound,
    secrets: openSecretBox(instanceKey),
    uses: connectionUses,
    audit: access.audit,
  })
  const dataDir = settings.HEADWATER_DATA_DIR
  const imports = openImports({
    connectors,
    inbox: settings.HEADWATER_IMPORT_DIR || join(dataDir, 'imports', 'inbox'),
    stillMs: settings.HEADWATER_IMPORT_STILL_SECONDS * 1000,
    database,
    ch,
    log,
    clock,
    collect,
    profiles,
    tags,
    writer,
    audit: access.audit,
  })
  const segments = openSegments({
    database,
    ch,
    clock,
    log,
    profiles: { ...profiles, identifierUnits, identifiersOfUnits, identifiersByHash },
    tags,
    circles: companies.forRules,
    consents: consents.forRules,
    imports,
    intake: collect,
    audit: access.audit,
    exclusive: writer.inTurn,
    visibleUpTo: collect.visibleUpTo,
    listeners: [webhooks.segmentListener],
    users: [
      webhooks.segmentUsers,
      exportsOfSegments,
      viewsOfSegments,
      analysesOfSegments,
      boardsOfSegments,
      alertsOfSegments,
    ],
  })
  companions.push(imports.companion)
  connectionUses.push(imports.connectionUse)
  profiles.setRuleEnv(segments.ruleEnv)
  profiles.setTimeline({
    sources: [tags.timeline, segments.timeline, consents.timeline],
    tellers: [orderTimeline, imports.timeline],
  })
  // Rules find in ClickHouse what the first has put there.
  reactors.push(companies.reactor, segments.reactor)
  handlers.push(...imports.handlers)
  handlers.push(...profiles.handlers, ...companies.handlers, ...segments.handlers)

  const exports = openExports({
    database,
    log,
    audit: access.audit,
    profiles,
    segmentName: segments.nameOf,
    folder: join(dataDir, 'exports'),
  })
  const analytics = openAnalytics({
    log,
    database,
    ch,
    events: collect.words,
    profiles,
    audience: segments.audience,
    audit: access.audit,
    lists: segments.lists,
    users: [boardsOfAnalyses, alertsOfAnalyses],
  })
  handlers.push(...analytics.handlers)
  reactors.push(analytics.reactor)
  const alerts = openAlerts({
    database,
    clock,
    log,
    audit: access.audit,
    access,
    analytics,
    notifier,
    listeners: [webhooks.alertListener],
    mailer,
    baseUrl: address,
  })
  const content = openContent({
    database,
    log,
    audit: access.audit,
    profiles,
    mailer,
    instanceKey,
    clock,
    notifier,
    baseUrl: address,
  })
  const sqlConsole = openSql({
    database,
    ch,
    analytics,
    profiles,
    segments: segments.living,
    companyAttributes: companies.attributeNames,
    audit: access.audit,
  })
  const drawer = openDrawer({
    log,
    chosen: settings.HEADWATER_CHROMIUM,
    ask: (request) => server.inject(request),
  })
  const dashboards = openDashboards({
    database,
    clock,
    instanceKey,
    audit: access.audit,
    access,
    analytics,
    mailer,
    drawer,
    notifier,
    baseUrl: address,
  })
  handlers.push(...dashboards.handlers)
  const privacy = openPrivacy({
    database,
    log,
    clock,
    audit: access.audit,
    profiles,
    collect,
    keepers: [
      profiles.keeper,
      segments.keeper,
      tags.keeper,
      consents.keeper,
      orderKeeper(ch),
      companies.keeper,
      exports.keeper,
      webhooks.keeper,
      imports.keeper,
      sqlConsole.keeper,
      analytics.keeper,
      dashboards.keeper,
      content.keeper,
    ],
    ledger: openLedger(dataDir, instanceKey),
  })

  const routes: Record<string, ServedRoute[]> = {
    access: access.routes,
    profiles: profiles.routes,
    companies: companies.routes,
    collect: collect.routes,
    plans: plans.routes,
    health: health.routes,
    notices: notices.routes,
    tags: tags.routes,
    consents: consents.routes,
    connectors: connectors.routes,
    imports: imports.routes,
    segments: segments.routes,
    webhooks: webhooks.routes,
    exports: exports.routes,
    privacy: privacy.routes,
    analytics: analytics.routes,
    alerts: alerts.routes,
    content: content.routes,
    dashboards: dashboards.routes,
    sql: sqlConsole.routes,
    portrait: openPortrait({ database, ch, profiles, segments, audit: access.audit }).routes,
    views: openViews({ database, audit: access.audit }).routes,
    jobs: serveJobs({ database }),
    instance: instanceRoutes({
      collect,
      log,
      version,
      databaseUrl: options.databaseUrl,
      dataDir,
    }),
  }
  const namedRoutes = Object.entries(routes).flatMap(([module, served]) =>
    served.map(({ name, route }) => ({ module, name, route })),
  )
  const trustProxy = options.collector !== undefined || settings.HEADWATER_TRUST_PROXY
  const server = createServer({ log, trustProxy })
  const http = { log, database, authenticate: access.authenticate, trustProxy }
  for (const served of Object.values(routes)) serveRoutes(server, http, served)
  collect.serveTracking(server)
  consents.servePages(server)
  serveOperations(server, {
    database,
    ch,
    metrics: async () => `${await registry.metrics()}${(await options.collector?.metrics()) ?? ''}`,
    namedRoutes,
  })
  serveTracker(server)
  content.serveLinks(server)
  serveWeb(server)

  let worker: ReturnType<typeof startWorker> | undefined
  return {
    server,
    database,
    ch,
    access,
    collect,
    profiles,
    segments,
    exports,
    content,
    privacy,
    consents,
    health,
    namedRoutes,
    start: () => {
      collect.start()
      tags.start()
      consents.start()
      segments.start()
      imports.start()
      webhooks.start()
      notices.start()
      health.start()
      alerts.start()
      privacy.start()
      worker = startWorker({
        database,
        log,
        clock,
        kinds: [
          ...profiles.jobKinds,
          ...tags.jobKinds,
          ...consents.jobKinds,
          ...imports.jobKinds,
          ...segments.jobKinds,
          ...analytics.jobKinds,
          ...alerts.jobKinds,
          ...dashboards.jobKinds,
          ...exports.jobKinds,
          ...privacy.jobKinds,
          ...jobsOf(handlers),
        ],
      })
    },
    stop: async () => {
      await server.close()
      await worker?.stop()
      await alerts.stop()
      await content.stop()
      await analytics.stop()
      await health.stop()
      await notices.stop()
      await privacy.stop()
      await webhooks.stop()
      await imports.stop()
      await tags.stop()
      await consents.stop()
      await segments.stop()
      await collect.stop()
      await outbound.close()
      await database.close()
    },
  }
}
