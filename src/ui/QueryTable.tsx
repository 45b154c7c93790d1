import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Button, Skeleton } from 'antd'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useIsNarrow } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { uiWords } from '#ui/ui-words.ts'

/** Rows that come in keyset pages; `usePages` of #web makes one out of a list route. */
export type PageSource<T> = {
  rows: T[]
  loading: boolean
  error: unknown
  hasMore: boolean
  /** Further pages only by the button: finding them costs the server much. */
  onDemand?: boolean
  loadingMore: boolean
  loadMore: () => void
  retry: () => void
}

export type Column<T> = {
  id: string
  title: string
  cell: (row: T) => ReactNode
  /** Pixels; a column without takes what is left. */
  width?: number
  align?: 'right'
  /** Values of the route's `sort`. */
  sort?: { ascending?: string; descending: string }
}

type Props<T> = {
  /** Name of the table for screen readers. */
  label: string
  source: PageSource<T>
  columns: Column<T>[]
  rowKey: (row: T) => string
  /** Click or Enter on a row. */
  onOpen?: (row: T) => void
  openKey?: string | undefined
  sort?: string | undefined
  onSort?: (sort: string) => void
  /** One row on a phone. */
  card: (row: T) => ReactNode
  empty: ReactNode
  rowHeight?: number
}

/** A list: header that stays, only visible rows drawn, pages fetched while scrolling, cards on a phone. */
export function QueryTable<T>(props: Props<T>) {
  const { source, label } = props
  const narrow = useIsNarrow()
  const t = useWords(uiWords)
  if (source.error !== null && source.error !== undefined && source.rows.length === 0) {
    return <ErrorState error={source.error} retry={source.retry} />
  }
  if (source.loading)
    return <TableSkeleton label={t('loading')} narrow={narrow} columns={props.columns.length} />
  if (source.rows.length === 0) return <>{props.empty}</>
  return narrow ? <Cards {...props} label={label} /> : <Grid {...props} />
}

function Grid<T>({
  label,
  source,
  columns,
  rowKey,
  onOpen,
  openKey,
  sort,
  onSort,
  rowHeight = 40,
}: Props<T>) {
  const box = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: source.rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const above = items[0]?.start ?? 0
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  const lastShown = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (source.hasMore && !source.onDemand && !source.loadingMore && lastShown >= source.rows.length - 15)
      source.loadMore()
  }, [lastShown, source])
  return (
    <section
      className="hw-table-box"
      ref={box}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard
      tabIndex={0}
      data-scroll-restoration-id="table"
    >
      <table
        className={rowHeight < 40 ? 'hw-table hw-table-compact' : 'hw-table'}
        style={{ minWidth: leastWidth(columns) }}
        aria-rowcount={source.hasMore ? -1 : source.rows.length + 1}
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <tr style={{ height: above }} />}
          {items.map(({ index }) => {
            const row = source.rows[index] as T
            const key = rowKey(row)
            return (
              <tr
                key={key}
                style={{ height: rowHeight }}
                className={`${onOpen ? 'hw-row-open' : ''} ${key === openKey ? 'hw-row-current' : ''}`}
                aria-rowindex={index + 2}
                tabIndex={onOpen ? 0 : undefined}
                onClick={onOpen && (() => !hasSelection() && onOpen(row))}
                onKeyDown={onOpen && ((event) => moveOrOpen(event, () => onOpen(row)))}
              >
                {columns.map((column) => (
                  <td key={column.id} className={column.align === 'right' ? 'hw-right' : undefined}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            )
          })}
          {below > 0 && <tr style={{ height: below }} />}
        </tbody>
      </table>
      <More source={source} />
    </section>
  )
}

function HeaderCell<T>({
  column,
  sort,
  onSort,
}: {
  column: Column<T>
  sort: string | undefined
  onSort: ((sort: string) => void) | undefined
}) {
  const t = useWords(uiWords)
  const { sort: by } = column
  const direction =
    by && sort === by.descending
      ? 'descending'
      : by?.ascending && sort === by.ascending
        ? 'ascending'
        : undefined
  const next = direction === 'descending' && by?.ascending ? by.ascending : by?.descending
  return (
    <th
      scope="col"
      style={{ width: column.width }}
      className={column.align === 'right' ? 'hw-right' : undefined}
      aria-sort={by ? (direction ?? 'none') : undefined}
    >
      {by && onSort ? (
        <button
          type="button"
          className="hw-sort"
          aria-label={t('sortBy', { column: column.title })}
          onClick={() => next && onSort(next)}
        >
          {column.title}
          <span className="hw-sort-arrow">
            {direction === 'ascending' ? (
              <ArrowUpOutlined aria-hidden="true" />
            ) : direction ? (
              <ArrowDownOutlined aria-hidden="true" />
            ) : null}
          </span>
        </button>
      ) : (
        column.title
      )}
    </th>
  )
}

function Cards<T>({ label, source, rowKey, onOpen, card }: Props<T>) {
  return (
    <div className="hw-cards">
      <ul aria-label={label}>
        {source.rows.map((row) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the card holds a link that does the same
          <li key={rowKey(row)} className="hw-card" onClick={onOpen && (() => onOpen(row))}>
            {card(row)}
          </li>
        ))}
      </ul>
      <More source={source} />
    </div>
  )
}

function More<T>({ source }: { source: PageSource<T> }) {
  const t = useWords(uiWords)
  if (source.error) return <ErrorState error={source.error} retry={source.retry} compact />
  return (
    <div className="hw-more">
      {source.hasMore ? (
        <Button onClick={source.loadMore} loading={source.loadingMore} size="small">
          {t('more')}
        </Button>
      ) : (
        <span className="hw-fine">{t('allShown')}</span>
      )}
    </div>
  )
}

function TableSkeleton({ label, narrow, columns }: { label: string; narrow: boolean; columns: number }) {
  return (
    <div className="hw-table-box hw-skeleton" role="status" aria-label={label}>
      {Array.from({ length: narrow ? 5 : 12 }, (_, i) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: identical placeholders
          key={i}
          className="hw-skeleton-row"
          style={{ gridTemplateColumns: narrow ? '1fr' : `2fr repeat(${Math.max(1, columns - 1)}, 1fr)` }}
        >
          {Array.from({ length: narrow ? 1 : columns }, (_, j) => (
            <Skeleton.Input
              // biome-ignore lint/suspicious/noArrayIndexKey: identical placeholders
              key={j}
              active
              size="small"
              block
              style={{ height: 14, maxWidth: 90 + ((i * 37 + j * 53) % 90) }}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

/** Columns without a width share what is left, but never less than a name needs. */
const leastWidth = <T,>(columns: Column<T>[]) =>
  columns.reduce((sum, column) => sum + (column.width ?? 220), 0)

/** Marking text to copy it is not a click on the row. */
const hasSelection = () => (window.getSelection()?.toString().length ?? 0) > 0

function moveOrOpen(event: KeyboardEvent<HTMLTableRowElement>, open: () => void): void {
  if (event.target !== event.currentTarget) return
  const sibling = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' } as const
  if (event.key === 'Enter') open()
  else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault()
    const next = event.currentTarget[sibling[event.key]]
    if (next instanceof HTMLElement) next.focus()
  }
}
