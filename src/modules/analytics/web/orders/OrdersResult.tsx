import { useWords } from '#ui/i18n.ts'
import { analyticsWords } from '../analytics-words.ts'
import type { ResultProps } from '../kind-view.ts'
import { CurrencyNote } from '../purchases/CurrencyNote.tsx'
import { useShown } from '../shown-state.tsx'
import { OrderFigures } from './OrderFigures.tsx'
import { OrdersChart } from './OrdersChart.tsx'
import { OrdersTable } from './OrdersTable.tsx'
import { ordersWords } from './orders-words.ts'
import { Returns } from './Returns.tsx'
import '../cohorts/figures.css'

/** The figures of the period, their course, the lines, and what went back. */
export function OrdersResult({ answer, onCell }: ResultProps<'orders'>) {
  const t = useWords(ordersWords)
  const a = useWords(analyticsWords)
  const { state, change } = useShown()
  const set = (part: Record<string, unknown>) =>
    change({ options: { ...state.options, orders: { ...state.options?.orders, ...part } } })
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('chart')}>
        <CurrencyNote
          currency={answer.currency}
          currencies={answer.currencies}
          onChoose={(currency) => set({ currency })}
        />
        <OrderFigures answer={answer} onCell={onCell} />
        {answer.total.total.orders === 0 && <p className="analytics-nothing">{a('nothingFound')}</p>}
        <OrdersChart answer={answer} onFigure={(figure) => set({ figure })} onCell={onCell} />
      </section>
      <OrdersTable answer={answer} onCell={onCell} />
      <Returns answer={answer} onCell={onCell} />
    </>
  )
}
