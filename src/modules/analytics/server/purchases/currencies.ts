import type { CurrencyUse } from '#modules/analytics/contract/purchases.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import type { Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { scanOrders } from '#modules/analytics/server/sql/scan-orders.ts'
import { bindTime } from '#modules/rules/index.ts'

/** In which currencies the people of the question bought (ever, or in some days), the most used first. */
export function currenciesOf(inquiry: Inquiry, days?: Days): Promise<CurrencyUse[]> {
  const { bindings } = inquiry
  const within = days
    ? [`time >= ${bindTime(bindings, days.fromMs)}`, `time < ${bindTime(bindings, days.untilMs)}`]
    : []
  const sales = scanOrders(inquiry, { columns: ['currency'], where: within, of: 'sales' })
  return inquiry.ask(
    `SELECT currency, toUInt32(count()) AS orders FROM (\n${sales}\n) GROUP BY currency ORDER BY orders DESC, currency`,
  )
}

/** The one a question is answered in: what it says, or the most used. */
export async function currencyOf(inquiry: Inquiry, currency: string | undefined): Promise<string> {
  return currency ?? (await currenciesOf(inquiry))[0]?.currency ?? ''
}
