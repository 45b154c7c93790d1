import { Segmented, Skeleton } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { useEventTitles } from '#web/use-event-titles.ts'
import { analyticsWords } from '../analytics-words.ts'
import type { ResultProps } from '../kind-view.ts'
import { useShown } from '../shown-state.tsx'
import { FunnelBars } from './FunnelBars.tsx'
import { FunnelCorrelation } from './FunnelCorrelation.tsx'
import { FunnelTable } from './FunnelTable.tsx'
import { FunnelTimes } from './FunnelTimes.tsx'
import { FunnelTrend } from './FunnelTrend.tsx'
import { type FunnelOptions, funnelOptions, withOptions } from './funnel-options.ts'
import { funnelWords } from './funnel-words.ts'

type Tab = NonNullable<FunnelOptions['tab']>
const tabs: readonly Tab[] = ['steps', 'times', 'trend', 'correlation']

/** Step by step, how long it takes, and over time; every number opens the people behind it. */
export function FunnelResult({ question, answer, onCell }: ResultProps<'funnel'>) {
  const t = useWords(funnelWords)
  const a = useWords(analyticsWords)
  const { state, change } = useShown()
  const tab = funnelOptions(state).tab ?? 'steps'
  const choose = (next: Tab) => change(withOptions(state, { tab: next }))
  const titles = useEventTitles()
  const titleOf = (event: string | null) => (event === null ? a('anyEvent') : titles.event(event))
  const names = question.steps.map(({ event, name, or = [] }) =>
    [name ?? titleOf(event), ...or.map((one) => titleOf(one.event))].join(' / '),
  )
  const shown = { question, answer, onCell, names }
  return (
    <>
      <div className="analytics-kinds funnel-tabs">
        <Segmented
          aria-label={t('view')}
          value={tab}
          onChange={choose}
          options={tabs.map((value) => ({ value, label: t(`tab.${value}`) }))}
        />
      </div>
      {tab === 'steps' && (
        <>
          <FunnelBars {...shown} />
          {answer.values && <FunnelTable {...shown} />}
        </>
      )}
      {tab === 'times' && (answer.convert ? <FunnelTimes {...shown} /> : <Waiting />)}
      {tab === 'correlation' && <FunnelCorrelation {...shown} />}
      {tab === 'trend' && (answer.trend ? <FunnelTrend {...shown} /> : <Waiting />)}
    </>
  )
}

const Waiting = () => <Skeleton active paragraph={{ rows: 6 }} className="hw-panel analytics-wait" />

export type ShownFunnel = ResultProps<'funnel'> & { names: string[] }
