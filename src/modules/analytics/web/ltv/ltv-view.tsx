import { FundOutlined } from '@ant-design/icons'
import { useWords } from '#ui/i18n.ts'
import type { KindView } from '../kind-view.ts'
import { choiceOf } from '../one-event.ts'
import { askedPurchases, aYear, beginningOf, isChosenAt, startPlace } from '../purchases/asked-purchases.ts'
import { PurchaseEvents } from '../purchases/PurchaseEvents.tsx'
import { PurchaseOptionsBar } from '../purchases/PurchaseOptionsBar.tsx'
import { purchaseWords } from '../purchases/purchase-words.ts'
import { LtvResult } from './LtvResult.tsx'
import { ltvWords } from './ltv-words.ts'

export const ltvView: KindView<'ltv'> = {
  kind: 'ltv',
  icon: <FundOutlined aria-hidden="true" />,
  useTitle: () => useWords(ltvWords)('title'),
  useNotes: () => {
    const t = useWords(ltvWords)
    const p = useWords(purchaseWords)
    return [
      t('noteValue'),
      t('noteNet'),
      t('noteStart'),
      t('noteOpen'),
      p('notePaid'),
      p('noteEvents'),
      p('noteParts'),
    ]
  },
  uses: { breakdown: true, interval: false, compare: true, maths: false, mostEvents: 2 },
  breakdownOf: (state) => beginningOf(state, 'ltv'),
  range: aYear,
  question: (state) => {
    const found = askedPurchases(state, 'ltv')
    if (!found) return undefined
    const { asked, options } = found
    const place = startPlace(options)
    if (options.startBy === 'event' && !isChosenAt(state, place)) return undefined
    const start = state.events?.[place]
    return {
      kind: 'ltv',
      ...asked,
      ...(options.source === 'event' && options.amount ? { amount: options.amount } : {}),
      ...(options.startBy === 'event' && start ? { start: choiceOf(start) } : {}),
      ...(options.source !== 'event' && options.currency !== undefined ? { currency: options.currency } : {}),
    }
  },
  Events: (props) => <PurchaseEvents {...props} kind="ltv" />,
  Options: (props) => <PurchaseOptionsBar {...props} kind="ltv" />,
  Result: LtvResult,
}
