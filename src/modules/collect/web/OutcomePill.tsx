import { Tooltip } from 'antd'
import type { Outcome } from '#modules/collect/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { collectWords } from './collect-words.ts'

const looks: Record<Outcome, string> = {
  stored: ' hw-pill-success',
  duplicate: '',
  conflict: ' hw-pill-warning',
  rejected: ' hw-pill-danger',
  pending: ' hw-pill-river',
}

export function OutcomePill({ outcome }: { outcome: Outcome }) {
  const t = useWords(collectWords)
  return (
    <Tooltip title={t(`outcomeText_${outcome}`)}>
      <span className={`hw-pill${looks[outcome]}`}>{t(outcome)}</span>
    </Tooltip>
  )
}
