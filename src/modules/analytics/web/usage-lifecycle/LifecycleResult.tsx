import { Select } from 'antd'
import { useMemo } from 'react'
import { useWords } from '#ui/i18n.ts'
import { UsageState } from '../../contract/usage-lifecycle.ts'
import { analyticsWords } from '../analytics-words.ts'
import { Annotations } from '../annotations/Annotations.tsx'
import type { ResultProps } from '../kind-view.ts'
import { type Part, partsOf } from '../parts.ts'
import { optionsOf } from '../question-state.ts'
import { useShown } from '../shown-state.tsx'
import { LifecycleChart, short } from './LifecycleChart.tsx'
import { LifecycleTable } from './LifecycleTable.tsx'
import { LifecycleTotals } from './LifecycleTotals.tsx'
import { LifecycleOptions } from './lifecycle-options.ts'
import { usageLifecycleWords } from './usage-lifecycle-words.ts'

type Points = Pick<ResultProps<'usage_lifecycle'>['answer'], 'points'>
export type LifecyclePart = Part<Points>

/** One value at a time over its numbers, all of them as totals; every number of a period opens its people. */
export function LifecycleResult({ answer, onCell }: ResultProps<'usage_lifecycle'>) {
  const t = useWords(usageLifecycleWords)
  const a = useWords(analyticsWords)
  const { state, change } = useShown()
  const options = optionsOf(state, 'usage_lifecycle', LifecycleOptions) ?? {}
  const parts = useMemo(() => partsOf<Points>(answer, a), [answer, a])
  const own = parts.filter(({ isCompared }) => !isCompared)
  const part = own.find(({ key }) => key === (options.shown ?? '')) ?? own[0]
  if (!part) return null
  const { points } = part.of
  const open = (at: string, one: UsageState) =>
    onCell(
      { t: at, state: one, compared: false, ...part.cell },
      [...(own.length > 1 ? [part.name] : []), t(`state.${one}`), at.slice(0, 16).replace('T', ' ')].join(
        ' · ',
      ),
    )
  const isEmpty = points.every((point) => UsageState.options.every((one) => point[one] === 0))
  const show = (shown: string) =>
    change({
      options: { ...state.options, usage_lifecycle: { ...options, shown: shown === '' ? undefined : shown } },
    })
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('chart')}>
        {own.length > 1 && (
          <Select
            aria-label={t('shown')}
            value={part.key}
            options={own.map(({ key, name }) => ({ value: key, label: name }))}
            onChange={show}
            popupMatchSelectWidth={false}
          />
        )}
        {isEmpty && <p className="analytics-nothing">{a('nothingFound')}</p>}
        <LifecycleChart points={points} range={answer.range} onOpen={open} />
        <Annotations range={answer.range} />
      </section>
      {parts.length > 1 && (
        <LifecycleTotals parts={parts} compare={answer.compare?.range} shown={part.key} onShow={show} />
      )}
      <LifecycleTable points={points} openFrom={answer.open_from} onOpen={open} short={short} />
    </>
  )
}
