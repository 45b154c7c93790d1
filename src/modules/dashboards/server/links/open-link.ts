import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { MemberStanding } from '#modules/access/index.ts'
import type { Answer } from '#modules/analytics/contract.ts'
import { asNumber, withFilters } from '#modules/dashboards/contract/filters.ts'
import type { SharedBoard } from '#modules/dashboards/contract/links.ts'
import type { routes } from '#modules/dashboards/contract.ts'
import { type BoardRow, requireBoard } from '#modules/dashboards/server/board-store.ts'
import { bareQuestion, titlesNamed } from '#modules/dashboards/server/links/bare-question.ts'
import type { AnswersKept } from '#modules/dashboards/server/links/kept-answers.ts'
import {
  asksPerAddress,
  passwordsPerAddress,
  passwordsPerLink,
} from '#modules/dashboards/server/links/link-rates.ts'
import { countOpening, findLink, type LinkRow } from '#modules/dashboards/server/links/link-store.ts'
import type { LinkDeps } from '#modules/dashboards/server/links/manage-links.ts'
import { mayShare } from '#modules/dashboards/server/links/may-share.ts'
import { numbersCtx } from '#modules/dashboards/server/links/numbers-ctx.ts'
import { mayMail } from '#modules/dashboards/server/mail/may-mail.ts'
import type { DrawingsOpen, OpenDrawing } from '#modules/dashboards/server/mail/open-drawings.ts'
import { analysesOf } from '#modules/dashboards/server/present-board.ts'
import type { Ctx, WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { OpenRate } from '#platform/http/open-rate.ts'

export type OpenDeps = LinkDeps & { rate: OpenRate; kept: AnswersKept; drawings: DrawingsOpen }
type Asker = { ctx: Ctx; request: FastifyRequest; reply: FastifyReply }
type Given = z.output<typeof routes.openLink.body>

/** The board behind a link, without numbers: those are asked for tile by tile. */
export async function openLink(deps: OpenDeps, asker: Asker, given: Given): Promise<SharedBoard> {
  const { seen, link, board, ctx, maker } = await enter(deps, asker, given)
  if (link) await noteOpening(deps, ctx, link)
  const analyses = await deps.analytics.saved(ctx, analysesOf(board.tiles))
  const bare = analyses.map(({ id, name, kind, question, state }) => ({
    ...{ id, name, kind },
    question: bareQuestion(question),
    state: bareQuestion(state),
  }))
  const { titles } = await deps.analytics.events(ctx)
  return {
    workspace: { name: maker.workspaceName, timezone: ctx.workspace.timezone },
    name: board.name,
    description: board.description,
    tiles: board.tiles,
    filters: { range: seen.filters.range },
    narrowed: seen.filters.audience !== undefined,
    analyses: bare,
    titles: titlesNamed(titles, bare),
    pass: link ? deps.signer.pass(link.id, link.password_hash) : '',
    expiresAt: link?.expires_at.toISOString() ?? null,
  }
}

/** Numbers of one tile as the link shows it; whoever asks can choose nothing but the tile. */
export async function askLink(
  deps: OpenDeps,
  asker: Asker,
  given: z.output<typeof routes.askLink.body>,
): Promise<Answer> {
  const { seen, board, ctx, maker } = await enter(deps, asker, given)
  const tile = board.tiles.find(({ id }) => id === given.tile)
  const analysis =
    tile && tile.kind !== 'text' ? (await deps.analytics.saved(ctx, [tile.analysis]))[0] : undefined
  if (!tile || tile.kind === 'text' || !analysis)
    throw new AppError('board.tile_missing', 'missing', 'There is no such tile any more.')
  const question = withFilters(
    tile.kind === 'number' ? asNumber(analysis.question) : analysis.question,
    seen.filters,
    tile.own,
  )
  // Readers of one link share what they see, as long as nothing it depends on has changed.
  const key = JSON.stringify([seen.id, question, maker.scope, [...maker.permissions]])
  return deps.kept.get(key, () => deps.analytics.answer(ctx, question))
}

type Entered = {
  /** Through which the board is seen: a link, or a drawing of it. */
  seen: Pick<LinkRow, 'id' | 'filters'>
  link?: LinkRow
  board: BoardRow
  ctx: WorkspaceCtx
  maker: MemberStanding
}

/** Signature, end, revocation, the maker's rights now, password: in this order, so that a guess costs next to nothing. */
async function enter(deps: OpenDeps, asker: Asker, given: Given): Promise<Entered> {
  const drawing = deps.drawings.find(given.token)
  if (drawing) return enterDrawing(deps, asker, drawing)
  deps.rate.count(`asks ${asker.request.ip}`, asksPerAddress)
  const said = deps.signer.read(given.token)
  if (!said) throw noSuchLink()
  if (said.expiresAt <= asker.ctx.now)
    throw new AppError('board_link.expired', 'missing', 'This link has expired.')
  const link = await deps.database.system((tx) => findLink(tx, said.id))
  if (!link) throw noSuchLink()
  if (link.revoked_at) throw new AppError('board_link.revoked', 'missing', 'This link was revoked.')
  const maker = link.board_deleted
    ? undefined
    : await deps.access.standingOf(link.workspace_id, link.member_id)
  if (!mayShare(maker))
    throw new AppError(
      'board_link.dead',
      'missing',
      'Whoever made this link may not share the board any more.',
    )
  await checkPassword(deps, asker, link, given)
  const ctx = numbersCtx(asker.ctx, `board link ${link.id}`, maker)
  const board = await deps.database.read(ctx, (tx) => requireBoard(tx, link.board_id, ''))
  return { seen: link, link, board, ctx, maker }
}

/** As the mail's maker may have it seen now; nobody else has the token, so nothing is counted. */
async function enterDrawing(deps: OpenDeps, asker: Asker, drawing: OpenDrawing): Promise<Entered> {
  const maker = await deps.access.standingOf(drawing.workspace, drawing.member)
  if (!maker || !mayMail(maker, [])) throw noSuchLink()
  const ctx = numbersCtx(asker.ctx, `board mail ${drawing.id}`, maker)
  const board = await deps.database.read(ctx, (tx) => requireBoard(tx, drawing.board, ''))
  return { seen: drawing, board, ctx, maker }
}

async function checkPassword(deps: OpenDeps, { request }: Asker, link: LinkRow, given: Given): Promise<void> {
  const { password_hash: stored, id } = link
  if (stored === null || (given.pass && deps.signer.isPass(given.pass, id, stored))) return
  if (!given.password)
    throw new AppError('board_link.password_needed', 'denied', 'This board is behind a password.')
  deps.rate.count(`password ${id} ${request.ip}`, passwordsPerAddress)
  deps.rate.count(`password ${id}`, passwordsPerLink)
  if (!(await deps.access.passwords.verify(stored, given.password)))
    throw new AppError('board_link.wrong_password', 'denied', 'This is not the password of this board.')
}

const hourMs = 3_600_000

/** Every opening counts; the audit log is told of one an hour, or a wall board would fill it. */
async function noteOpening(deps: OpenDeps, ctx: WorkspaceCtx, link: LinkRow): Promise<void> {
  const isNoted = ctx.now - (link.noted_at?.getTime() ?? 0) >= hourMs
  await deps.database.write({ workspace: ctx.workspace }, async (tx) => {
    await countOpening(tx, link.id, ctx.now, isNoted)
    const details = { board: link.board_id, name: link.board_name }
    if (isNoted) await deps.audit(tx, ctx, { action: 'board_link.opened', subject: link.id, details })
  })
}

const noSuchLink = () => new AppError('board_link.missing', 'missing', 'There is no such link.')
