import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { useRoute } from '#web/use-route.ts'
import { routes } from '../../contract.ts'
import { vennWords } from './venn-words.ts'

/** People each two of the segments share; the darker, the larger the share of the row's segment. */
export function OverlapTable({ ids, names }: { ids: string[]; names: string[] }) {
  const t = useWords(vennWords)
  const { language } = useDisplay()
  const query = useRoute(routes.overlaps, { body: { segments: ids } }, { keep: true, staleTime: 10_000 })
  if (query.error && !query.data) return <ErrorState error={query.error} retry={() => void query.refetch()} />
  if (!query.data || query.data.matrix.length !== ids.length) return <Skeleton active />
  const { matrix } = query.data
  return (
    <section className="hw-panel" aria-labelledby="overlaps">
      <div className="hw-panel-head">
        <h2 id="overlaps">{t('matrix')}</h2>
      </div>
      <p className="hw-fine segment-tab-purpose">{t('matrixNote')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table must be scrolled by keyboard, too */}
      <section className="venn-matrix" tabIndex={0} aria-labelledby="overlaps">
        <table className="hw-table">
          <thead>
            <tr>
              <td />
              {names.map((name, i) => (
                <th key={ids[i]} scope="col" className="hw-right">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {matrix.map((row, i) => (
              <tr key={ids[i]}>
                <th scope="row">{names[i]}</th>
                {row.map((count, j) => {
                  const share = (row[i] ?? 0) > 0 ? count / (row[i] ?? 1) : 0
                  return (
                    <td key={ids[j]} className="hw-right hw-number venn-cell">
                      <span
                        className="venn-shade"
                        style={{ opacity: i === j ? 0 : share * 0.35 }}
                        aria-hidden="true"
                      />
                      <Link
                        to="/people"
                        search={{
                          rule:
                            i === j
                              ? { segment: ids[i] }
                              : { all: [{ segment: ids[i] }, { segment: ids[j] }] },
                        }}
                      >
                        {exactNumber(count, language)}
                      </Link>
                      {i !== j && <span className="hw-fine"> {percent(share, language)}</span>}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
