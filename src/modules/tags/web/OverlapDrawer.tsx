import { Drawer, Select, Skeleton, Tooltip } from 'antd'
import { routes, type Tag } from '#modules/tags/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { percent, shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { searchByLabel } from '#web/forms/choices.ts'
import { useRoute } from '#web/use-route.ts'
import { tagWords } from './tag-words.ts'

const mostTags = 12

type Props = { tags: Tag[]; ids: string | undefined; onChange: (ids: string | undefined) => void }

/** Chosen tags against each other: who has both, who only one. */
export function OverlapDrawer({ tags, ids, onChange }: Props) {
  const t = useWords(tagWords)
  const known = new Map(tags.map((tag) => [tag.id, tag]))
  const chosen = (ids ?? '').split(',').flatMap((id) => known.get(id) ?? [])
  return (
    <Drawer
      open={ids !== undefined}
      onClose={() => onChange(undefined)}
      title={t('overlap')}
      size="min(860px, 100vw)"
      destroyOnHidden
    >
      <p className="hw-muted">{t('overlapText')}</p>
      <Select
        {...searchByLabel}
        mode="multiple"
        maxCount={mostTags}
        aria-label={t('overlapPick')}
        placeholder={t('overlapPick')}
        style={{ width: '100%', marginTop: 12 }}
        value={chosen.map((tag) => tag.id)}
        options={tags.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(next: string[]) => onChange(next.join(','))}
      />
      {chosen.length === 1 && <p className="hw-fine">{t('overlapOne')}</p>}
      {chosen.length > 1 && <Matrix chosen={chosen} />}
    </Drawer>
  )
}

function Matrix({ chosen }: { chosen: Tag[] }) {
  const t = useWords(tagWords)
  const query = { ids: chosen.map((tag) => tag.id).join(',') }
  const overlap = useRoute(routes.overlap, { query }, { keep: true })
  if (overlap.error) return <ErrorState error={overlap.error} retry={() => void overlap.refetch()} />
  if (!overlap.data) return <Skeleton active paragraph={{ rows: 4 }} />
  const pairs = new Map(
    overlap.data.items.flatMap((pair) => [
      [`${pair.a} ${pair.b}`, pair],
      [`${pair.b} ${pair.a}`, { ...pair, onlyA: pair.onlyB, onlyB: pair.onlyA }],
    ]),
  )
  return (
    <section className="tag-matrix-box" aria-label={t('overlap')}>
      <table className="tag-matrix">
        <thead>
          <tr>
            <td />
            {chosen.map((tag) => (
              <th key={tag.id} scope="col">
                {tag.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {chosen.map((row) => (
            <tr key={row.id}>
              <th scope="row">{row.name}</th>
              {chosen.map((column) => (
                <td key={column.id}>
                  <Cell row={row} column={column} pair={pairs.get(`${row.id} ${column.id}`)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type Pair = { both: number; onlyA: number; onlyB: number }

function Cell({ row, column, pair }: { row: Tag; column: Tag; pair: Pair | undefined }) {
  const t = useWords(tagWords)
  const { language } = useDisplay()
  if (row.id === column.id)
    return (
      <>
        {shortNumber(row.people, language)}
        <span className="hw-fine">{t('onlyThis')}</span>
      </>
    )
  if (!pair) return <span className="hw-muted">–</span>
  const { both, onlyA, onlyB } = pair
  const share = both + onlyA === 0 ? 0 : both / (both + onlyA)
  return (
    <Tooltip title={t('both', { a: row.name, b: column.name, both, onlyA, onlyB })}>
      <span>
        {shortNumber(both, language)}
        <span className="hw-fine">{percent(share, language)}</span>
      </span>
    </Tooltip>
  )
}
