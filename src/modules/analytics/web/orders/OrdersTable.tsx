import { useDisplay } from '#ui/display.tsx'
import { exactNumber, money, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { OrdersLine } from '../../contract/orders.ts'
import type { ResultProps } from '../kind-view.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { ordersWords } from './orders-words.ts'

type Props = Pick<ResultProps<'orders'>, 'answer' | 'onCell'>
type Row = {
  key: string
  name: string
  of: OrdersLine['total']
  cell: { t?: string; breakdown?: OrdersLine['breakdown'] }
}

/** By value where the orders are broken down, else by time; the whole last. */
export function OrdersTable({ answer, onCell }: Props) {
  const t = useWords(ordersWords)
  const { language } = useDisplay()
  const { lines, total } = answer
  const rows: Row[] =
    lines.length > 0
      ? lines.map(({ breakdown, other, total: of }) => ({
          key: JSON.stringify(breakdown),
          name: other ? t('other') : (breakdown[0] ?? t('none')),
          of,
          cell: { breakdown },
        }))
      : total.points.map(({ t: at, ...of }) => ({ key: at, name: at, of, cell: { t: at } }))
  const units = (value: number | null) => (value === null ? '–' : money(value, answer.currency, language))
  const columns = ['orders', 'buyers', 'items', 'gross', 'discount', 'sales', 'aov'] as const
  const back = ['orderRefunds', 'rate', 'net', 'refunds', 'cash'] as const
  return (
    <ScrollingTable label={t('table')}>
      <thead>
        <tr>
          <th scope="col" className="analytics-line-name" />
          {[...columns, ...back].map((name) => (
            <th scope="col" className="hw-right" key={name}>
              {t(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...rows, { key: 'all', name: t('all'), of: total.total, cell: {} }].map(
          ({ key, name, of, cell }) => {
            const opened = (
              who: 'orders' | 'order_refunds' | 'refunds',
              value: number,
              text: string,
              label: string,
            ) => (
              <td className="hw-right">
                <PeopleCount
                  value={value}
                  label={`${name} ${label}`}
                  onOpen={() => onCell({ who, ...cell, compared: false }, `${name} · ${label}`)}
                >
                  {text}
                </PeopleCount>
              </td>
            )
            return (
              <tr key={key} className={key === 'all' ? 'cohort-average' : undefined}>
                <th scope="row" className="analytics-line-name">
                  {name}
                </th>
                {opened('orders', of.orders, exactNumber(of.orders, language), t('orders'))}
                {opened('orders', of.buyers, exactNumber(of.buyers, language), t('buyers'))}
                <td className="hw-right">{exactNumber(of.items, language)}</td>
                <td className="hw-right">{units(of.gross)}</td>
                <td className="hw-right">{units(of.discount)}</td>
                {opened('orders', of.sales, units(of.sales), t('sales'))}
                <td className="hw-right">{units(of.aov)}</td>
                {opened('order_refunds', of.order_refunds, units(of.order_refunds), t('orderRefunds'))}
                <td className="hw-right">
                  {of.sales > 0 ? percent(of.order_refunds / of.sales, language) : '–'}
                </td>
                <td className="hw-right">{units(of.net)}</td>
                {opened('refunds', of.refunds, units(of.refunds), t('refunds'))}
                <td className="hw-right">{units(of.cash)}</td>
              </tr>
            )
          },
        )}
      </tbody>
    </ScrollingTable>
  )
}
