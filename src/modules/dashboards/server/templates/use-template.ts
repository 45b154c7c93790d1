import type { z } from 'zod'
import { type Board, boardLimits, type Tile } from '#modules/dashboards/contract/board.ts'
import { type EventRole, type TemplateKey, templateKeys } from '#modules/dashboards/contract/templates.ts'
import type { routes } from '#modules/dashboards/contract.ts'
import { boardNames } from '#modules/dashboards/server/board-store.ts'
import { addBoard } from '#modules/dashboards/server/change-board.ts'
import type { DashboardsDeps } from '#modules/dashboards/server/dashboards-deps.ts'
import { guessAmount, guessChannel, guessEvent } from '#modules/dashboards/server/templates/guess-events.ts'
import { type Own, type ReadyTile, readyBoards } from '#modules/dashboards/server/templates/ready-boards.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'

/** Ready boards, with the events of this workspace that would fill them. */
export async function listTemplates(deps: DashboardsDeps, ctx: WorkspaceCtx) {
  const names = await eventNames(deps, ctx)
  return {
    items: templateKeys.map((key) => ({
      key,
      roles: readyBoards[key].roles.map((role) => ({ role, event: guessEvent(role, names) })),
    })),
  }
}

/** Analyses in a folder of their own and the board that shows them, all or nothing. */
export async function useTemplate(
  deps: DashboardsDeps,
  ctx: WorkspaceCtx,
  key: TemplateKey,
  { events }: z.output<typeof routes.useTemplate.body>,
): Promise<Board> {
  if (!ctx.permissions.has('analytics:write'))
    throw new AppError('access.denied', 'denied', 'A ready board saves analyses, which needs the right to.', {
      details: { permission: 'analytics:write' },
    })
  const ready = readyBoards[key]
  const tiles = ready.tiles(await findOwn(deps, ctx, ready.roles, events))
  if (tiles.length === 0)
    throw new AppError(
      'board.nothing_to_show',
      'invalid',
      'None of the events this board asks about was chosen.',
    )
  return deps.database.write(ctx, async (tx) => {
    const taken = [...(await deps.analytics.foldersIn(tx)), ...(await boardNames(tx))]
    const name = freeName(ready.name[ctx.language], taken)
    const placed: Tile[] = []
    for (const [at, tile] of arrange(tiles).entries()) {
      const saved = await deps.analytics.saveIn(tx, ctx, {
        name: tile.name[ctx.language],
        folder: name,
        description: '',
        question: tile.asked.question,
        state: tile.asked.state,
      })
      const { x, y, w, h } = tile
      const common = { id: newId('til'), analysis: saved.id, x, y, w, h }
      placed[at] =
        tile.kind === 'number'
          ? { ...common, kind: 'number', series: 0 }
          : { ...common, kind: 'analysis', show: tile.show ?? 'chart' }
    }
    return addBoard(deps, tx, ctx, {
      ...{ name, folder: '', tiles: placed, filters: {} },
      description: ready.description[ctx.language],
    })
  })
}

const eventNames = async (deps: DashboardsDeps, ctx: WorkspaceCtx) =>
  (await deps.analytics.events(ctx)).items.map(({ name }) => name)

async function findOwn(
  deps: DashboardsDeps,
  ctx: WorkspaceCtx,
  roles: readonly EventRole[],
  chosen: Partial<Record<EventRole, string | null>>,
): Promise<Own> {
  const names = await eventNames(deps, ctx)
  const own: Own = {}
  for (const role of roles) {
    const event = role in chosen ? chosen[role] : guessEvent(role, names)
    if (event) own[role] = event
  }
  const propertiesOf = async (event: string) => (await deps.analytics.properties(ctx, event)).items
  if (own.order) own.amount = guessAmount(await propertiesOf(own.order))
  for (const event of [own.sign_up, own.interest, own.order]) {
    if (!event || own.channel) continue
    const prop = guessChannel(await propertiesOf(event))
    if (prop) own.channel = { event, prop }
  }
  return own
}

/** Row by row from the left; a row is as wide as the board, so what is left of the last tiles is given to them. */
function arrange(tiles: readonly ReadyTile[]) {
  const rows: ReadyTile[][] = []
  for (const tile of tiles) {
    const row = rows.at(-1)
    const isFull = !row || row.reduce((sum, { w }) => sum + w, tile.w) > boardLimits.columns
    if (isFull || row[0]?.h !== tile.h) rows.push([tile])
    else row.push(tile)
  }
  let y = 0
  return rows.flatMap((row) => {
    const spare = boardLimits.columns - row.reduce((sum, { w }) => sum + w, 0)
    let x = 0
    const placed = row.map((tile, at) => {
      const w = tile.w + Math.floor(spare / row.length) + (at < spare % row.length ? 1 : 0)
      const here = { ...tile, x, y, w }
      x += w
      return here
    })
    y += row[0]?.h ?? 0
    return placed
  })
}

function freeName(wanted: string, taken: readonly string[]): string {
  const used = new Set(taken.map((name) => name.toLowerCase()))
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted} ${n}`
    if (!used.has(name.toLowerCase())) return name
  }
}
