import { Link } from '@tanstack/react-router'
import { Select, Skeleton } from 'antd'
import { useState } from 'react'
import type { Rule } from '#modules/rules/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { fullTime } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { useRoute } from '#web/use-route.ts'
import { routes, type Segment, type Snapshot } from '../../contract.ts'
import { snapshotWords } from './snapshot-words.ts'

const now = 'now'

/** Who came, went and stayed between two snapshots, or between one and now; every number opens its people. */
export function CompareSnapshots({
  segment,
  snapshots,
}: {
  segment: Segment
  snapshots: readonly Snapshot[]
}) {
  const t = useWords(snapshotWords)
  const { language, timezone } = useDisplay()
  const [first, setFirst] = useState(snapshots.at(1)?.id ?? snapshots.at(0)?.id ?? now)
  const [second, setSecond] = useState(snapshots.length > 1 ? (snapshots[0]?.id ?? now) : now)
  const ruleOf = (id: string): Rule => (id === now ? { segment: segment.id } : { list: id })
  const [before, after] = [ruleOf(first), ruleOf(second)]
  const query = useRoute(
    routes.regions,
    { body: { rules: [before, after] } },
    { keep: true, staleTime: 5_000 },
  )
  const options = [
    { value: now, label: t('now') },
    ...snapshots.map(({ id, at }) => ({
      value: id,
      label: at ? fullTime(Date.parse(at), timezone, language) : id,
    })),
  ]
  const parts: [word: 'came' | 'went' | 'stayed', places: string, rule: Rule, style: string][] = [
    ['came', '1', { all: [after, { not: before }] }, 'hw-success'],
    ['went', '0', { all: [before, { not: after }] }, 'hw-danger'],
    ['stayed', '0,1', { all: [before, after] }, ''],
  ]
  return (
    <section className="hw-panel" aria-labelledby="compare-snapshots">
      <div className="hw-panel-head">
        <h2 id="compare-snapshots">{t('compare')}</h2>
      </div>
      <div className="hw-panel-body snapshot-compare">
        <Select aria-label={t('compareFirst')} value={first} options={options} onChange={setFirst} />
        <Select aria-label={t('compareSecond')} value={second} options={options} onChange={setSecond} />
        {query.error && !query.data ? (
          <ErrorState error={query.error} retry={() => void query.refetch()} compact />
        ) : !query.data ? (
          <Skeleton active paragraph={{ rows: 2 }} title={false} />
        ) : (
          <dl className="snapshot-parts">
            {parts.map(([word, places, rule, style]) => (
              <div key={word}>
                <dt className="hw-fine">{t(word)}</dt>
                <dd>
                  <Link
                    to="/people"
                    search={{ rule: rule as Record<string, unknown> }}
                    className={`hw-number ${style}`}
                  >
                    {exactNumber(
                      query.data.regions.find((region) => region.in.join() === places)?.count ?? 0,
                      language,
                    )}
                  </Link>
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </section>
  )
}
