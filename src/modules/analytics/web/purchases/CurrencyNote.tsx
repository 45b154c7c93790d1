import { Segmented } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { CurrencyUse } from '../../contract/purchases.ts'
import { purchaseWords } from './purchase-words.ts'

type Props = {
  currency: string | null
  currencies: readonly CurrencyUse[]
  onChoose: (currency: string) => void
}

/** Which currency amounts are in, and that there are others: they are never added. */
export function CurrencyNote({ currency, currencies, onChoose }: Props) {
  const t = useWords(purchaseWords)
  if (currency === null || currencies.length < 2) return null
  const nameOf = (one: string) => one || t('noCurrency')
  const others = currencies
    .filter((one) => one.currency !== currency)
    .map((one) => t('ordersIn', { currency: nameOf(one.currency), count: one.orders }))
  return (
    <div className="purchase-currency">
      <Segmented
        size="small"
        aria-label={t('currency')}
        value={currency}
        options={currencies.map((one) => ({ value: one.currency, label: nameOf(one.currency) }))}
        onChange={onChoose}
      />
      <span className="hw-muted">
        {t('others', { currency: nameOf(currency), others: others.join('、') })}
      </span>
    </div>
  )
}
