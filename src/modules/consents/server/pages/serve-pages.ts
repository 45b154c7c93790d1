import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ConsentDeps } from '#modules/consents/server/consent-deps.ts'
import {
  ChoiceForm,
  type Circumstance,
  confirm,
  readChoices,
  saveChoices,
  unsubscribe,
} from '#modules/consents/server/pages/choose.ts'
import { frame } from '#modules/consents/server/pages/frame.ts'
import { type OpenedLink, openLink, readLanguage } from '#modules/consents/server/pages/open-link.ts'
import { type PageLanguage, pageWords } from '#modules/consents/server/pages/page-words.ts'
import {
  renderChoices,
  renderDone,
  renderQuestion,
  topicName,
} from '#modules/consents/server/pages/render-pages.ts'
import { shipWorkspace } from '#modules/consents/server/reach/ship-unshipped.ts'
import { readTopics } from '#modules/consents/server/topics/topic-store.ts'
import { AppError } from '#platform/errors.ts'
import type { OpenRate } from '#platform/http/open-rate.ts'

// A whole office behind one address that reads the same newsletter; a program that tries tokens is stopped.
const perAddress = { most: 240, everyMs: 60_000 }
const perToken = { most: 60, everyMs: 600_000 }
export const pageRates = {
  code: 'consent_page.too_often',
  sentence: 'Wait a moment.',
  longestMs: perToken.everyMs,
}

type PageDeps = ConsentDeps & { rate: OpenRate }
type Asked = { Params: { token: string }; Querystring: { lang?: string; saved?: string } }
type Request = FastifyRequest<Asked>

/**
 * Pages that links in messages open, for people without an account: HTML without script, so that they work in any mail
 * program's browser. Opening one changes nothing, because scanners open every link; buttons do, by POST.
 */
export function servePages(server: FastifyInstance, deps: PageDeps): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    // By content, not by header: mail providers send one-click as a form, as multipart, or with no type at all.
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 64 * 1024 }, (_request, body, done) =>
      done(null, String(body)),
    )
    scope.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store')
      reply.header('referrer-policy', 'no-referrer')
      reply.header('x-robots-tag', 'noindex, nofollow')
    })
    scope.get<Asked>('/u/:token', (request, reply) => answer(deps, request, reply, 'choose', showChoices))
    scope.post<Asked>('/u/:token', (request, reply) => answer(deps, request, reply, 'choose', takeChoices))
    scope.get<Asked>('/u/:token/one-click', (request, reply) =>
      answer(deps, request, reply, 'choose', askOneClick),
    )
    scope.post<Asked>('/u/:token/one-click', (request, reply) =>
      answer(deps, request, reply, 'choose', oneClick),
    )
    scope.get<Asked>('/c/:token', (request, reply) => answer(deps, request, reply, 'confirm', askConfirm))
    scope.post<Asked>('/c/:token', (request, reply) => answer(deps, request, reply, 'confirm', takeConfirm))
  })
}

type Turn = {
  deps: PageDeps
  request: Request
  reply: FastifyReply
  link: OpenedLink
  language: PageLanguage
}

/** The parts every page shares: limits, the link, its language, and a page where the link does not work. */
async function answer(
  deps: PageDeps,
  request: Request,
  reply: FastifyReply,
  purpose: 'choose' | 'confirm',
  page: (turn: Turn) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const { token } = request.params
  try {
    deps.rate.count(`ip ${request.ip}`, perAddress)
    deps.rate.count(`token ${token.slice(0, 200)}`, perToken)
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'limited') throw error
    reply.code(429).header('retry-after', error.retryAfter ?? 60)
    return bare(request, reply, languageAsked(request), 'tooOftenTitle', 'tooOften')
  }
  const link = await openLink(deps, token, purpose)
  if (!link) return bare(request, reply.code(404), languageAsked(request), 'badTitle', 'bad')
  const language = chosen(request) ?? link.language ?? languageAsked(request)
  return page({ deps, request, reply, link, language })
}

/** What was chosen on the page itself. */
function chosen(request: Request): PageLanguage | undefined {
  const said = request.query.lang ?? fieldsOf(request).lang
  return said === 'zh' || said === 'en' ? said : undefined
}

const languageAsked = (request: Request): PageLanguage =>
  readLanguage(request.headers['accept-language'] ?? 'zh')

type Fields = Record<string, string | string[] | undefined>

function fieldsOf(request: Request): Fields {
  if (typeof request.body !== 'string') return {}
  const form = new URLSearchParams(request.body)
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const all = form.getAll(name)
      return [name, all.length === 1 ? all[0] : all]
    }),
  )
}

const circumstance = ({ request, language }: Turn): Circumstance => ({
  ip: request.ip,
  userAgent: request.headers['user-agent'] ?? '',
  language,
})

const senderOf = ({ policy, workspaceName }: OpenedLink, language: PageLanguage): string =>
  policy.page.name?.[language] ?? workspaceName

type Title = 'title' | 'oneClickTitle' | 'confirmTitle' | 'goneTitle'

function show({ request, reply, link, language }: Turn, title: Title, body: string): FastifyReply {
  const t = pageWords[language]
  const other = `${request.url.split('?')[0]}?lang=${t.otherLanguage}`
  const page = {
    language,
    title: t[title],
    body,
    sender: senderOf(link, language),
    look: link.policy.page,
    other,
  }
  return reply.type('text/html; charset=utf-8').send(frame(page))
}

function bare(
  request: Request,
  reply: FastifyReply,
  language: PageLanguage,
  title: 'badTitle' | 'tooOftenTitle',
  text: 'bad' | 'tooOften',
): FastifyReply {
  const t = pageWords[chosen(request) ?? language]
  return reply.type('text/html; charset=utf-8').send(
    frame({
      language: chosen(request) ?? language,
      title: t[title],
      body: `<p>${t[text]}</p>`,
      sender: t.title,
      look: { colour: null, privacyUrl: null },
      other: `${request.url.split('?')[0]}?lang=${t.otherLanguage}`,
    }),
  )
}

const gone = (turn: Turn): FastifyReply => show(turn, 'goneTitle', renderDone(pageWords[turn.language].gone))

async function showChoices(turn: Turn): Promise<FastifyReply> {
  const { deps, link, language, request } = turn
  const { person } = link
  if (person === undefined) return gone(turn)
  const t = pageWords[language]
  const choices = await deps.database.read(link.ctx, (tx) => readChoices(deps, tx, link, person))
  const { saved } = request.query
  const done = saved === '1' ? t.saved : saved === 'all' ? t.savedAll : null
  const sender = senderOf(link, language)
  return show(turn, 'title', renderChoices({ language, sender, masked: link.masked, done }, choices))
}

/** Afterwards the page is opened anew, so that a reload sends nothing twice. */
async function takeChoices(turn: Turn): Promise<FastifyReply> {
  const { deps, link, language, request, reply } = turn
  if (link.person === undefined) return gone(turn)
  const form = ChoiceForm.safeParse(fieldsOf(request))
  if (!form.success) return bare(request, reply.code(422), language, 'badTitle', 'bad')
  await saveChoices(deps, link, link.person, form.data, circumstance(turn))
  shipSoon(turn)
  const saved = form.data.action === 'all' ? 'all' : '1'
  return reply
    .code(303)
    .header('location', `${request.url.split('?')[0]}?lang=${language}&saved=${saved}`)
    .send()
}

/** In force with the commit; lists and segments follow within a second, and whoever clicked does not wait for them. */
function shipSoon({ deps, link }: Turn): void {
  void shipWorkspace(deps, link.ctx.workspace).catch((error: unknown) =>
    deps.log.warn({ err: error }, 'rows of consents are shipped later'),
  )
}

async function what({ deps, link, language }: Turn): Promise<string | undefined> {
  const topics = await deps.database.read(link.ctx, readTopics)
  const row = topics.find((one) => one.key === link.claims.topic)
  return row && topicName(row, language)
}

const preferences = (turn: Turn) => ({
  href: `/u/${turn.request.params.token}?lang=${turn.language}`,
  text: pageWords[turn.language].oneClickMore,
})

async function askOneClick(turn: Turn): Promise<FastifyReply> {
  const { link, language } = turn
  const t = pageWords[language]
  const name = await what(turn)
  const question =
    name === undefined ? t.oneClickAskAll(t.channels[link.claims.channel]) : t.oneClickAsk(name)
  const ask = { language, question, button: t.oneClick, masked: link.masked, more: preferences(turn) }
  return show(turn, 'oneClickTitle', renderQuestion(ask))
}

async function oneClick(turn: Turn): Promise<FastifyReply> {
  await unsubscribe(turn.deps, turn.link, circumstance(turn))
  shipSoon(turn)
  return show(turn, 'oneClickTitle', renderDone(pageWords[turn.language].oneClickDone, preferences(turn)))
}

const hasEnded = ({ claims, ctx }: OpenedLink): boolean =>
  claims.expiresAt !== undefined && claims.expiresAt <= ctx.now

async function askConfirm(turn: Turn): Promise<FastifyReply> {
  const { link, language } = turn
  const t = pageWords[language]
  if (link.person === undefined) return gone(turn)
  if (hasEnded(link)) return show(turn, 'confirmTitle', renderDone(t.ended))
  const question = t.confirmAsk((await what(turn)) ?? t.allMarketing, t.channels[link.claims.channel])
  const ask = { language, question, button: t.confirm, masked: link.masked, hint: t.confirmIgnore }
  return show(turn, 'confirmTitle', renderQuestion(ask))
}

async function takeConfirm(turn: Turn): Promise<FastifyReply> {
  const { deps, link, language } = turn
  const t = pageWords[language]
  if (link.person === undefined) return gone(turn)
  if (hasEnded(link)) return show(turn, 'confirmTitle', renderDone(t.ended))
  await confirm(deps, link, link.person, circumstance(turn))
  shipSoon(turn)
  return show(turn, 'confirmTitle', renderDone(t.confirmed))
}
