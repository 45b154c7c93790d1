import { Segmented, Select, Skeleton } from 'antd'
import { useRuleCatalogue } from '#modules/rules/web/rule-catalogue.ts'
import { useWords } from '#ui/i18n.ts'
import { correlationLimits } from '../../contract/funnel.ts'
import type { BreakdownBy } from '../../contract/question.ts'
import { useShown } from '../shown-state.tsx'
import { CorrelationTable } from './CorrelationTable.tsx'
import { correlationWords } from './correlation-words.ts'
import type { ShownFunnel } from './FunnelResult.tsx'
import { canCorrelate, funnelOptions, withOptions } from './funnel-options.ts'

const keyOf = (by: BreakdownBy): string =>
  typeof by === 'string' ? `prop:${by}` : 'prop' in by ? `prop:${by.prop}` : `attr:${by.attr}`
const byOf = (key: string): BreakdownBy => (key.startsWith('attr:') ? { attr: key.slice(5) } : key.slice(5))

/** What those who convert did, or have, more and less often than those who do not. */
export function FunnelCorrelation(shown: ShownFunnel) {
  const { answer, question } = shown
  const t = useWords(correlationWords)
  const { state, change } = useShown()
  const options = funnelOptions(state)
  const catalogue = useRuleCatalogue()
  const properties = catalogue.useProperties(question.steps[0]?.event ?? '')
  const choices = [
    ...properties.map(({ path, label }) => ({ value: `prop:${path}`, label: label ?? path })),
    ...catalogue.attributes
      .filter((one) => !one.wholeOnly && one.type !== 'object')
      .map(({ name, label }) => ({ value: `attr:${name}`, label: label ?? name })),
  ]
  const labelOf = (by: BreakdownBy) =>
    choices.find(({ value }) => value === keyOf(by))?.label ?? keyOf(by).slice(5)
  const correlate = options.correlate ?? 'events'
  const set = (next: typeof options.correlate) => change(withOptions(state, { correlate: next }))
  const isOfEvents = correlate === 'events'
  const found = answer.correlation
  return (
    <>
      <section className="hw-panel hw-panel-body correlation-head" aria-label={t('what')}>
        <Segmented
          aria-label={t('what')}
          value={isOfEvents ? 'events' : 'properties'}
          options={[
            { value: 'events', label: t('events') },
            { value: 'properties', label: t('properties'), disabled: choices.length === 0 },
          ]}
          onChange={(next) =>
            set(
              next === 'events'
                ? undefined
                : choices.slice(0, correlationLimits.properties).map(({ value }) => byOf(value)),
            )
          }
        />
        {!isOfEvents && (
          <Select
            mode="multiple"
            className="correlation-properties"
            aria-label={t('chosen')}
            maxCount={correlationLimits.properties}
            maxTagCount="responsive"
            showSearch={{ optionFilterProp: 'label' }}
            value={correlate.map(keyOf)}
            options={choices}
            onChange={(next: string[]) => next.length > 0 && set(next.map(byOf))}
          />
        )}
        <p className="hw-fine">{t('meaning')}</p>
      </section>
      {!canCorrelate(options) ? (
        <p className="hw-panel hw-panel-body hw-muted">
          {t(options.count === 'sessions' ? 'noVisits' : 'noHold')}
        </p>
      ) : !found ? (
        <Skeleton active paragraph={{ rows: 6 }} className="hw-panel analytics-wait" />
      ) : found.rows.length === 0 ? (
        <p className="hw-panel hw-panel-body hw-muted">{t('nothing')}</p>
      ) : (
        <>
          <CorrelationTable
            {...shown}
            title={t('more')}
            rows={found.rows.filter(({ odds }) => odds >= 1)}
            labelOf={labelOf}
          />
          <CorrelationTable
            {...shown}
            title={t('less')}
            rows={found.rows.filter(({ odds }) => odds < 1)}
            labelOf={labelOf}
          />
          {found.left_out > 0 && <p className="hw-fine">{t('leftOut', { count: found.left_out })}</p>}
        </>
      )}
    </>
  )
}
