import { useDisplay } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import type { Company } from '../contract.ts'
import { companyWords } from './company-words.ts'

/** Net sales, a line per currency; how many orders on hover. */
export function RevenueText({ revenue }: Pick<Company, 'revenue'>) {
  const t = useWords(companyWords)
  const { language } = useDisplay()
  if (revenue.length === 0) return <span className="hw-muted">–</span>
  return (
    <span className="hw-number">
      {revenue.map(({ currency, net, orders }) => (
        <span key={currency} title={t('orders', { count: orders })}>
          {money(net, currency, language)}{' '}
        </span>
      ))}
    </span>
  )
}

function money(net: number, currency: string, language: 'zh' | 'en'): string {
  const isCode = /^[A-Z]{3}$/.test(currency)
  const format = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en', {
    ...(isCode ? { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } : {}),
    maximumFractionDigits: 0,
  })
  return isCode ? format.format(net) : `${format.format(net)} ${currency}`.trim()
}
