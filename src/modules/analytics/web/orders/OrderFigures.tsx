import { useDisplay } from '#ui/display.tsx'
import { exactNumber, money, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { OrdersPeople } from '../../contract/orders.ts'
import type { ResultProps } from '../kind-view.ts'
import { ordersWords } from './orders-words.ts'

type Props = Pick<ResultProps<'orders'>, 'answer' | 'onCell'>
type Who = (typeof OrdersPeople.options)[number]

/** The whole period; each figure opens its people, with what it was in the period compared. */
export function OrderFigures({ answer, onCell }: Props) {
  const t = useWords(ordersWords)
  const { language } = useDisplay()
  const own = answer.total.total
  const before = answer.compare?.total.total
  const units = (value: number | null) => (value === null ? '–' : money(value, answer.currency, language))
  const count = (value: number) => exactNumber(value, language)
  const share = (part: number, of: number) => (of === 0 ? '–' : percent(part / of, language))
  const figures: { name: string; of: (one: typeof own) => string; who: Who }[] = [
    { name: t('gross'), of: (one) => units(one.gross), who: 'orders' },
    { name: t('discount'), of: (one) => units(one.discount), who: 'orders' },
    { name: t('sales'), of: (one) => units(one.sales), who: 'orders' },
    { name: t('orders'), of: (one) => count(one.orders), who: 'orders' },
    { name: t('buyers'), of: (one) => count(one.buyers), who: 'orders' },
    { name: t('aov'), of: (one) => units(one.aov), who: 'orders' },
    { name: t('orderRefunds'), of: (one) => units(one.order_refunds), who: 'order_refunds' },
    { name: t('net'), of: (one) => units(one.net), who: 'orders' },
    { name: t('refunds'), of: (one) => units(one.refunds), who: 'refunds' },
    { name: t('cash'), of: (one) => units(one.cash), who: 'orders' },
    { name: t('rate'), of: (one) => share(one.order_refunds, one.sales), who: 'order_refunds' },
  ]
  const rates = (one: typeof own) =>
    t('rateOf', {
      money: share(one.order_refunds, one.sales),
      orders: share(one.orders_refunded, one.orders),
    })
  return (
    <dl className="purchase-figures">
      {figures.map(({ name, of, who }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <button
              type="button"
              className="analytics-value"
              aria-label={`${name}: ${of(own)}`}
              onClick={() => onCell({ who, compared: false }, name)}
            >
              {of(own)}
            </button>
          </dd>
          {name === t('rate') && <dd className="hw-muted">{rates(own)}</dd>}
          {before && <dd className="hw-muted">{t('before', { value: of(before) })}</dd>}
        </div>
      ))}
    </dl>
  )
}
