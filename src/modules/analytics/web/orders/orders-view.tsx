import { ShoppingOutlined } from '@ant-design/icons'
import { Select } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { BreakdownPicker } from '../bar/BreakdownPicker.tsx'
import type { KindView, PartProps } from '../kind-view.ts'
import { commonPart, optionsOf, type QuestionState } from '../question-state.ts'
import { OrdersResult } from './OrdersResult.tsx'
import { OrdersOptions } from './orders-options.ts'
import { ordersWords } from './orders-words.ts'

export const ordersView: KindView<'orders'> = {
  kind: 'orders',
  icon: <ShoppingOutlined aria-hidden="true" />,
  useTitle: () => useWords(ordersWords)('title'),
  useNotes: () => {
    const t = useWords(ordersWords)
    return [t('noteSales'), t('noteClocks'), t('noteBuyer'), t('noteLines'), t('noteCurrency')]
  },
  uses: { breakdown: false, interval: true, compare: true, maths: false, mostEvents: 0 },
  question: (state) => {
    const { by, currency } = optionsOf(state, 'orders', OrdersOptions) ?? {}
    const breakdown = by === undefined ? [] : by === 'shared' ? sharedBy(state) : [{ order: by }]
    return {
      kind: 'orders',
      ...commonPart(state),
      interval: state.interval === undefined || state.interval === 'hour' ? 'day' : state.interval,
      ...(breakdown.length > 0 ? { breakdown } : {}),
      ...(state.compare ? { compare: state.compare } : {}),
      ...(currency === undefined ? {} : { currency }),
    }
  },
  Options: OrdersOptionsBar,
  Result: OrdersResult,
}

/** The first of the breakdown all kinds share: a property of the order’s event, or an attribute of the buyer. */
function sharedBy({ breakdown = [] }: QuestionState) {
  return breakdown.slice(0, 1).map((by) => (typeof by === 'string' ? { prop: by } : by))
}

function OrdersOptionsBar({ state, onChange }: PartProps) {
  const t = useWords(ordersWords)
  const options = optionsOf(state, 'orders', OrdersOptions) ?? {}
  const placed = { ...state, events: [{ event: 'Order Completed' }] }
  return (
    <>
      <Select
        aria-label={t('by')}
        value={options.by ?? 'none'}
        options={(['none', 'product', 'category', 'coupon', 'shared'] as const).map((value) => ({
          value,
          label: t(`by.${value}`),
        }))}
        onChange={(value) =>
          onChange({
            options: { ...state.options, orders: { ...options, by: value === 'none' ? undefined : value } },
          })
        }
        popupMatchSelectWidth={false}
      />
      {options.by === 'shared' && (
        <BreakdownPicker
          state={{ ...placed, breakdown: state.breakdown?.slice(0, 1) }}
          onChange={({ breakdown }) => onChange({ breakdown: breakdown?.slice(-1) })}
        />
      )}
    </>
  )
}
