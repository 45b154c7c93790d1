import type { Device, Touch } from '#modules/portrait/contract.ts'
import type { PortraitDeps } from '#modules/portrait/server/portrait-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

type Deps = Pick<PortraitDeps, 'ch'>
/** Condition on `events`: what came from this person. */
type Theirs = string

const did = `type IN ('track', 'page', 'screen')`
const dayMs = 86_400_000
const recentDays = 90

/** What they did lately, and on how many days ever. */
export async function readActivity(deps: Deps, ctx: WorkspaceCtx, theirs: Theirs) {
  const [row] = await deps.ch.query<{ recent: number; days: number }>(
    `SELECT countIf(time >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')) AS recent,
       uniqExact(toDate(time, {zone:String})) AS days
     FROM events WHERE ${theirs} AND ${did}`,
    { ws: ctx.workspace.num, since: ctx.now - recentDays * dayMs, zone: ctx.workspace.timezone },
    { signal: ctx.signal },
  )
  return { recentEvents: row?.recent ?? 0, activeDays: row?.days ?? 0 }
}

type TouchRow = Omit<Touch, 'time'> & { ms: number; url: string }

/** The first and the last visit that names a campaign; without one, the first that another site led to. */
export async function readOrigin(deps: Deps, ctx: WorkspaceCtx, theirs: Theirs) {
  const visits = (down: string, where: string) => `(
    SELECT toUnixTimestamp64Milli(time) AS ms,
      JSONExtractString(context, 'campaign', 'source') AS source, JSONExtractString(context, 'campaign', 'medium') AS medium,
      JSONExtractString(context, 'campaign', 'name') AS campaign, JSONExtractString(context, 'campaign', 'term') AS term,
      JSONExtractString(context, 'campaign', 'content') AS content, JSONExtractString(context, 'page', 'url') AS url,
      JSONExtractString(context, 'page', 'referrer') AS referrer
    FROM events WHERE ${theirs} AND ${where}
    ORDER BY time ${down}, message_id ${down} LIMIT 1)`
  const campaign = `(position(context, '"campaign":{"') > 0 OR position(context, 'utm_') > 0)`
  const ask = (sql: string) => deps.ch.query<TouchRow>(sql, { ws: ctx.workspace.num }, { signal: ctx.signal })
  const [[first], [last]] = await Promise.all([ask(visits('ASC', campaign)), ask(visits('DESC', campaign))])
  if (first && last) return { first: touchOf(first), last: first.ms === last.ms ? null : touchOf(last) }
  const [led] = await ask(visits('ASC', `position(context, '"referrer":"http') > 0`))
  return { first: led ? touchOf(led) : null, last: null }
}

/** What the tracker says of a campaign, else what the address does. */
function touchOf({ ms, url, ...said }: TouchRow): Touch {
  const address = URL.canParse(url) ? new URL(url) : undefined
  const of = (text: string, name: string) => text || (address?.searchParams.get(name) ?? '')
  const host = URL.canParse(said.referrer) ? new URL(said.referrer).host : ''
  return {
    time: new Date(ms).toISOString(),
    source: of(said.source, 'utm_source'),
    medium: of(said.medium, 'utm_medium'),
    campaign: of(said.campaign, 'utm_campaign'),
    term: of(said.term, 'utm_term'),
    content: of(said.content, 'utm_content'),
    referrer: host === address?.host ? '' : host,
  }
}

const mostDevices = 20

/** Devices by their last event, the last used first. */
export async function readDevices(deps: Deps, ctx: WorkspaceCtx, theirs: Theirs): Promise<Device[]> {
  const last = (...path: string[]) => `JSONExtractString(seen, ${path.map((part) => `'${part}'`).join(', ')})`
  const rows = await deps.ch.query<
    Omit<Device, 'lastSeen' | 'system' | 'model'> & Record<string, string | number>
  >(
    `SELECT id, ms, trimBoth(concat(${last('device', 'manufacturer')}, ' ', ${last('device', 'model')})) AS model,
       trimBoth(concat(${last('os', 'name')}, ' ', ${last('os', 'version')})) AS system,
       trimBoth(concat(${last('app', 'name')}, ' ', ${last('app', 'version')})) AS app, ${last('userAgent')} AS userAgent
     FROM (
       SELECT anonymous_id AS id, toUnixTimestamp64Milli(max(time)) AS ms, argMax(context, (time, message_id)) AS seen
       FROM events WHERE ${theirs} AND ${did} AND anonymous_id != '' GROUP BY id ORDER BY ms DESC LIMIT ${mostDevices})
     ORDER BY ms DESC`,
    { ws: ctx.workspace.num },
    { signal: ctx.signal },
  )
  return rows.map(({ id, ms, model, system, app, userAgent }) => ({
    id,
    model: String(model),
    system: String(system),
    app: String(app),
    userAgent: String(userAgent),
    lastSeen: new Date(Number(ms)).toISOString(),
  }))
}
