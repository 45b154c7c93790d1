import { Checkbox, Select } from 'antd'
import { PropertyPicker } from '#modules/rules/web/WhereList.tsx'
import { useWords } from '#ui/i18n.ts'
import { analyticsWords } from '../analytics-words.ts'
import { cohortWords } from '../cohorts/cohort-words.ts'
import type { PartProps } from '../kind-view.ts'
import { optionsOf } from '../question-state.ts'
import { repurchaseWords } from '../repurchase/repurchase-words.ts'
import { intervalOf } from './asked-purchases.ts'
import { PurchaseOptions } from './purchase-options.ts'
import { purchaseWords } from './purchase-words.ts'

const periodChoices = [3, 6, 12, 24, 36]

export function PurchaseOptionsBar({ kind, state, onChange }: PartProps & { kind: 'repurchase' | 'ltv' }) {
  const t = useWords(purchaseWords)
  const a = useWords(analyticsWords)
  const c = useWords(cohortWords)
  const r = useWords(repurchaseWords)
  const options = optionsOf(state, kind, PurchaseOptions) ?? {}
  const set = (change: Partial<PurchaseOptions>) =>
    onChange({ options: { ...state.options, [kind]: { ...options, ...change } } })
  const event = state.events?.[0]?.event ?? ''
  return (
    <>
      <Select
        aria-label={a('interval')}
        value={intervalOf(state)}
        options={(['day', 'week', 'month'] as const).map((value) => ({
          value,
          label: a(`interval.${value}`),
        }))}
        onChange={(interval) => onChange({ interval })}
        popupMatchSelectWidth={false}
      />
      <Select
        aria-label={c('periods')}
        value={options.periods ?? 12}
        options={periodChoices.map((value) => ({ value, label: c('periodsOf', { count: value }) }))}
        onChange={(periods) => set({ periods })}
        popupMatchSelectWidth={false}
      />
      {kind === 'ltv' && (
        <Select
          aria-label={t('startBy')}
          value={options.startBy ?? 'order'}
          options={(['order', 'event'] as const).map((value) => ({ value, label: t(`startBy.${value}`) }))}
          onChange={(value) => set({ startBy: value === 'event' ? 'event' : undefined })}
          popupMatchSelectWidth={false}
        />
      )}
      {options.source === 'event' && (
        <PropertyPicker
          event={event}
          value={options.orderId ?? 'order_id'}
          onChange={(orderId) => set({ orderId })}
        />
      )}
      {options.source === 'event' && kind === 'ltv' && (
        <PropertyPicker
          event={event}
          value={options.amount ?? 'revenue'}
          onChange={(amount) => set({ amount })}
        />
      )}
      {kind === 'repurchase' && (
        <Checkbox
          checked={options.cumulative === true}
          onChange={({ target }) => set({ cumulative: target.checked || undefined })}
        >
          {r('cumulative')}
        </Checkbox>
      )}
    </>
  )
}
