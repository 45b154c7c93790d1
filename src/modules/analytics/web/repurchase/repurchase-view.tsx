import { RetweetOutlined } from '@ant-design/icons'
import { useWords } from '#ui/i18n.ts'
import type { KindView } from '../kind-view.ts'
import { askedPurchases, aYear, beginningOf } from '../purchases/asked-purchases.ts'
import { PurchaseEvents } from '../purchases/PurchaseEvents.tsx'
import { PurchaseOptionsBar } from '../purchases/PurchaseOptionsBar.tsx'
import { purchaseWords } from '../purchases/purchase-words.ts'
import { RepurchaseResult } from './RepurchaseResult.tsx'
import { repurchaseWords } from './repurchase-words.ts'

export const repurchaseView: KindView<'repurchase'> = {
  kind: 'repurchase',
  icon: <RetweetOutlined aria-hidden="true" />,
  useTitle: () => useWords(repurchaseWords)('title'),
  useNotes: () => {
    const t = useWords(repurchaseWords)
    const p = useWords(purchaseWords)
    return [t('noteCohort'), t('notePeriod'), t('noteRates'), p('notePaid'), p('noteEvents'), p('noteParts')]
  },
  uses: { breakdown: true, interval: false, compare: true, maths: false, mostEvents: 1 },
  breakdownOf: (state) => beginningOf(state, 'repurchase'),
  range: aYear,
  question: (state) => {
    const found = askedPurchases(state, 'repurchase')
    if (!found) return undefined
    const { cumulative } = found.options
    return { kind: 'repurchase', ...found.asked, ...(cumulative ? { cumulative } : {}) }
  },
  Events: (props) => <PurchaseEvents {...props} kind="repurchase" />,
  Options: (props) => <PurchaseOptionsBar {...props} kind="repurchase" />,
  Result: RepurchaseResult,
}
