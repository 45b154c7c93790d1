import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import type { SqlAnswer } from '../contract.ts'
import { cellText, isNumeric, sorted } from './result-values.ts'
import { sqlWords } from './sql-words.ts'

const rowHeight = 32
const glyph = 8.4

/** Rows as a table that draws what is seen of it; a click on a head sorts the rows that are here. */
export function ResultTable({ answer }: { answer: SqlAnswer }) {
  const t = useWords(sqlWords)
  const box = useRef<HTMLDivElement>(null)
  const [sort, setSort] = useState<{ at: number; descending: boolean }>()
  const rows = useMemo(
    () => (sort ? sorted(answer.rows, sort.at, sort.descending) : answer.rows),
    [answer.rows, sort],
  )
  const widths = useMemo(() => answer.columns.map(({ name }, at) => widthOf(name, answer.rows, at)), [answer])
  const seen = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const press = (at: number) =>
    setSort((old) =>
      old?.at !== at ? { at, descending: false } : old.descending ? undefined : { at, descending: true },
    )
  if (answer.rows.length === 0) return <p className="hw-muted sql-note">{t('noRows')}</p>
  const shown = seen.getVirtualItems()
  const above = shown[0]?.start ?? 0
  const below = seen.getTotalSize() - (shown.at(-1)?.end ?? 0)
  return (
    <section
      className="sql-table"
      ref={box}
      aria-label={t('result')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard
      tabIndex={0}
    >
      <table aria-rowcount={rows.length + 1} style={{ minWidth: widths.reduce((sum, one) => sum + one, 0) }}>
        <colgroup>
          {placed(answer).map(({ at, key }) => (
            <col key={key} style={{ width: widths[at] }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {placed(answer).map(({ column, at, key }) => (
              <th
                key={key}
                scope="col"
                className={isNumeric(column) ? 'sql-right' : undefined}
                aria-sort={sort?.at === at ? (sort.descending ? 'descending' : 'ascending') : 'none'}
              >
                <button
                  type="button"
                  title={column.type}
                  aria-label={t('sortBy', { name: column.name })}
                  onClick={() => press(at)}
                >
                  {column.name}
                  {sort?.at === at && <span aria-hidden="true">{sort.descending ? ' ↓' : ' ↑'}</span>}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <Gap height={above} />}
          {shown.map(({ index }) => (
            <Row key={index} row={rows[index] ?? []} answer={answer} index={index} />
          ))}
          {below > 0 && <Gap height={below} />}
        </tbody>
        {answer.totals && (
          <tfoot title={t('totals')}>
            <Row row={answer.totals} answer={answer} index={rows.length} />
          </tfoot>
        )}
      </table>
    </section>
  )
}

const Gap = ({ height }: { height: number }) => (
  <tr>
    <td style={{ height, padding: 0, border: 0 }} />
  </tr>
)

// As SQL has it, in every language.
const nothing = 'NULL'

/** Columns may be called the same: their place tells them apart. */
const placed = ({ columns }: SqlAnswer) =>
  columns.map((column, at) => ({ column, at, key: `${at} ${column.name}` }))

function Row({ row, answer, index }: { row: unknown[]; answer: SqlAnswer; index: number }) {
  return (
    <tr aria-rowindex={index + 2}>
      {placed(answer).map(({ column, at, key }) => (
        <td key={key} className={isNumeric(column) ? 'sql-right' : undefined} title={cellText(row[at])}>
          {row[at] === null || row[at] === undefined ? (
            <span className="hw-muted">{nothing}</span>
          ) : (
            cellText(row[at])
          )}
        </td>
      ))}
    </tr>
  )
}

/** Wide enough for what the first rows have; Chinese signs are twice as wide. */
function widthOf(name: string, rows: readonly unknown[][], at: number): number {
  const signs = [name, ...rows.slice(0, 60).map((row) => cellText(row[at]))].map((text) =>
    [...text.slice(0, 60)].reduce(
      (sum, sign) => sum + ((sign.codePointAt(0) as number) > 0x2e80 ? 1.8 : 1),
      0,
    ),
  )
  return Math.round(Math.min(320, Math.max(72, Math.max(...signs) * glyph + 26)))
}
