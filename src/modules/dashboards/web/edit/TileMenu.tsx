import { MoreOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button, Dropdown, Form, Input, type MenuProps } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { AlertDialog, useAlertEntry } from '#modules/alerts/web/shared.tsx'
import { useIsNarrow } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useCan } from '#web/session.ts'
import { useEventTitles } from '#web/use-event-titles.ts'
import { shows, type Tile } from '../../contract/board.ts'
import { dashboardsWords } from '../dashboards-words.ts'
import { stepTile } from '../grid/layout.ts'
import type { TileSource } from '../tiles/tile-source.ts'
import type { TilesEditor } from '../use-tiles.ts'
import { TextDialog } from './TextDialog.tsx'

type Props = {
  tile: Tile
  tiles: readonly Tile[]
  title: string
  source: TileSource
  onSet: TilesEditor['set']
}

/** What can be done with a tile; every drag has its twin here. */
export function TileMenu({ tile, tiles, title, source, onSet }: Props) {
  const t = useWords(dashboardsWords)
  const can = useCan()
  const narrow = useIsNarrow()
  const navigate = useNavigate()
  const titles = useEventTitles()
  const [dialog, setDialog] = useState<'title' | 'text' | 'alert'>()
  const put = (next: Tile, said = t('changed')) =>
    onSet(
      tiles.map((one) => (one.id === tile.id ? next : one)),
      said,
    )
  const analysis = tile.kind === 'text' ? undefined : source.analyses.get(tile.analysis)
  const watched = useAlertEntry({
    question: tile.kind === 'text' || !analysis ? undefined : source.questionOf(tile, analysis),
    state: tile.kind === 'text' || !analysis ? {} : (source.searchOf?.(tile, analysis) ?? analysis.state),
    analysis,
  })
  const items: MenuProps['items'] = []
  if (tile.kind !== 'text' && analysis)
    items.push({
      key: 'open',
      label: t('openAnalysis'),
      onClick: () => void navigate({ to: '/analytics', search: source.searchOf?.(tile, analysis) ?? {} }),
    })
  if (watched) items.push({ key: 'alert', label: watched.label, onClick: () => setDialog('alert') })
  if (can('dashboard:write')) {
    if (tile.kind === 'text')
      items.push({ key: 'text', label: t('editText'), onClick: () => setDialog('text') })
    else {
      items.push({
        key: 'form',
        label: t('form'),
        children: formsOf(analysis?.kind).map((form) => ({
          key: form,
          label: t(`show.${form}`),
          disabled: form === (tile.kind === 'number' ? 'number' : tile.show),
          onClick: () => put(withForm(tile, form)),
        })),
      })
      const lines = tile.kind === 'number' ? linesOf(analysis?.question, titles.event) : []
      if (tile.kind === 'number' && lines.length > 1)
        items.push({
          key: 'series',
          label: t('whichNumber'),
          children: lines.map((label, series) => ({
            key: `series-${series}`,
            label,
            disabled: series === tile.series,
            onClick: () => put({ ...tile, series }),
          })),
        })
      items.push({ key: 'title', label: t('rename'), onClick: () => setDialog('title') })
      items.push({
        key: 'own',
        label: t(tile.own ? 'follow' : 'own'),
        onClick: () => put({ ...tile, own: tile.own ? undefined : true }),
      })
    }
    if (narrow)
      for (const [key, dy] of [['earlier', -1] as const, ['later', 1] as const])
        items.push({ key, label: t(key), onClick: () => onSet(stepTile(tiles, tile.id, 0, dy), t('moved')) })
    else
      items.push({
        key: 'move',
        label: t('moveByKeys'),
        onClick: () => setTimeout(() => document.getElementById(`handle-${tile.id}`)?.focus(), 50),
      })
    items.push({ type: 'divider' })
    items.push({
      key: 'away',
      label: t('takeAway'),
      danger: true,
      onClick: () =>
        onSet(
          tiles.filter(({ id }) => id !== tile.id),
          t('takenAway', { title }),
        ),
    })
  }
  if (items.length === 0) return null
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button
          type="text"
          size="small"
          className="board-tile-menu"
          icon={<MoreOutlined />}
          aria-label={t('tileActs', { title })}
        />
      </Dropdown>
      {dialog === 'alert' && watched && (
        <AlertDialog source={watched.source} onClose={() => setDialog(undefined)} />
      )}
      <FormDialog<{ title: string }>
        open={dialog === 'title'}
        title={t('rename')}
        action={t('save')}
        initial={{ title: tile.title ?? '' }}
        onClose={() => setDialog(undefined)}
        onSubmit={async ({ title: next }) => put({ ...tile, title: next.trim() || undefined })}
      >
        <Form.Item name="title" label={t('tileTitle')} extra={t('tileTitleHint')}>
          <Input maxLength={160} placeholder={analysis?.name ?? ''} allowClear />
        </Form.Item>
      </FormDialog>
      {tile.kind === 'text' && (
        <TextDialog
          open={dialog === 'text'}
          given={tile}
          onClose={() => setDialog(undefined)}
          onDone={(part) => put({ ...tile, ...part })}
        />
      )}
    </>
  )
}

const Lines = z.object({
  series: z.array(z.object({ event: z.string().nullable(), name: z.string().optional() })),
  formulas: z.array(z.object({ expression: z.string(), name: z.string().optional() })).default([]),
})
/** What a trend has a number of, in its order: series by their letters, then formulas. */
function linesOf(question: unknown, eventTitle: (name: string) => string): string[] {
  const read = Lines.safeParse(question)
  if (!read.success) return []
  const { series, formulas } = read.data
  return [
    ...series.map(({ event, name }, at) => {
      const said = name ?? (event === null ? '*' : eventTitle(event))
      return `${String.fromCharCode(65 + at)} · ${said}`
    }),
    ...formulas.map(({ expression, name }) => name ?? expression),
  ]
}

type ShownForm = (typeof shows)[number] | 'number'
/** Only trends have one number that says it all. */
export const formsOf = (kind: string | undefined): readonly ShownForm[] =>
  kind === 'trend' ? [...shows, 'number'] : shows

function withForm(tile: Exclude<Tile, { kind: 'text' }>, form: ShownForm): Tile {
  const { id, x, y, w, h, analysis, title, own } = tile
  const common = { id, x, y, w, h, analysis, title, own }
  return form === 'number'
    ? { ...common, kind: 'number', series: 0, h: Math.min(h, 4), w: Math.min(w, 4) }
    : {
        ...common,
        kind: 'analysis',
        show: form,
        ...(tile.kind === 'number' ? { w: Math.max(w, 6), h: 8 } : {}),
        x: tile.kind === 'number' ? Math.min(x, 6) : x,
      }
}
