import { Skeleton } from 'antd'
import { type ReactNode, useRef } from 'react'
import type { AnyAnswer, AskedQuestion } from '#modules/analytics/web/kind-view.ts'
import { SmallResult } from '#modules/analytics/web/shared.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { useRoute } from '#web/use-route.ts'
import type { Tile } from '../../contract/board.ts'
import { dashboardsWords } from '../dashboards-words.ts'
import { Markdown } from '../markdown/Markdown.tsx'
import { NumberTile } from './NumberTile.tsx'
import { TileHead } from './TileHead.tsx'
import { type Asked, type ShownTile, type TileAnalysis, useTileSource } from './tile-source.ts'
import { useSeen } from './use-seen.ts'

export type TileParts = { tile: Tile; menu?: ReactNode; handle?: ReactNode }

/** One tile: what it is called, of which days, and its numbers once it is looked at. */
export function TileBody(parts: TileParts) {
  const t = useWords(dashboardsWords)
  const { analyses } = useTileSource()
  const { tile } = parts
  if (tile.kind === 'text')
    return (
      <article
        className="board-tile board-tile-text"
        data-state="shown"
        aria-label={tile.title || t('untitled')}
      >
        {(tile.title || parts.menu) && <TileHead {...parts} title={tile.title ?? ''} />}
        <div className="board-tile-body">
          <Markdown text={tile.text} />
        </div>
      </article>
    )
  const analysis = analyses.get(tile.analysis)
  if (!analysis)
    return (
      <article className="board-tile" data-state="shown" aria-label={tile.title || t('gone')}>
        <TileHead {...parts} title={tile.title || t('gone')} />
        <p className="board-tile-body hw-muted">{t('goneText')}</p>
      </article>
    )
  return <AskedTile {...parts} tile={tile} analysis={analysis} />
}

function AskedTile({
  tile,
  analysis,
  menu,
  handle,
}: TileParts & { tile: ShownTile; analysis: TileAnalysis }) {
  const source = useTileSource()
  const box = useRef<HTMLElement>(null)
  const seen = useSeen(box)
  const question = source.questionOf(tile, analysis)
  const { route, input, staleTime, every } = source.request(tile, question)
  // Asked once it is near; hanging up, by leaving the page, cancels.
  const options = { enabled: seen, keep: true, staleTime, every }
  const asked = useRoute(route, input as never, options) as unknown as Asked
  const answer = asked.data?.kind === question.kind ? asked.data : undefined
  const title = tile.title || analysis.name
  return (
    <article
      ref={box}
      className={`board-tile board-tile-${tile.kind}`}
      aria-label={title}
      data-state={asked.error || answer ? 'shown' : 'waiting'}
      aria-busy={seen && asked.isFetching && !answer}
    >
      <TileHead {...{ tile, analysis, title, menu, handle }} range={answer?.range} />
      <div className={`board-tile-body${asked.isPlaceholderData ? ' analytics-stale' : ''}`}>
        {asked.error ? (
          <div className="board-tile-error">
            <ErrorState error={asked.error} retry={() => void asked.refetch()} compact />
          </div>
        ) : answer ? (
          <Answer {...{ tile, analysis, title, question, answer }} />
        ) : (
          // What nobody has come near is not being read.
          seen && <Skeleton active title={false} paragraph={{ rows: tile.kind === 'number' ? 2 : 5 }} />
        )}
      </div>
    </article>
  )
}

type AnswerProps = {
  tile: ShownTile
  analysis: TileAnalysis
  title: string
  question: AskedQuestion
  answer: AnyAnswer
}

function Answer({ tile, analysis, title, question, answer }: AnswerProps) {
  const { onCell } = useTileSource()
  if (tile.kind === 'number')
    return (
      <NumberTile
        title={title}
        series={tile.series}
        answer={answer}
        onOpen={onCell && ((cell) => onCell(tile, cell, title))}
      />
    )
  return (
    <SmallResult
      question={question}
      state={analysis.state}
      answer={answer}
      show={tile.show}
      onCell={onCell && ((cell, said) => onCell(tile, cell, said))}
    />
  )
}
