import { Tag } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { TemplateLine } from '../../contract/template.ts'
import { contentWords } from '../content-words.ts'

export function StatePill({ template }: { template: TemplateLine }) {
  const t = useWords(contentWords)
  if (template.archived) return <Tag>{t('stateArchived')}</Tag>
  if (template.published === null) return <Tag>{t('stateDraft')}</Tag>
  if (template.changed) return <Tag color="warning">{t('stateChanged')}</Tag>
  return <Tag color="success">{t('statePublished')}</Tag>
}
