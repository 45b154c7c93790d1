import type { WebhookEndpoint } from '#modules/webhooks/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { webhookWords } from './webhook-words.ts'

export function EndpointState({ row }: { row: WebhookEndpoint }) {
  const t = useWords(webhookWords)
  if (!row.enabled) return <span className="hw-pill hw-pill-danger">{t('off')}</span>
  if (row.pausedUntil) return <span className="hw-pill hw-pill-warning">{t('paused')}</span>
  if (row.failingSince) return <span className="hw-pill hw-pill-warning">{t('failing')}</span>
  return (
    <span className="hw-pill hw-pill-success">
      <span className="hw-dot" />
      {t('enabled')}
    </span>
  )
}
