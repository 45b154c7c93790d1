import { Link } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { NumberText } from '#ui/NumberText.tsx'
import { useRoute } from '#web/use-route.ts'
import type { Template } from '../../contract/template.ts'
import { routes } from '../../contract.ts'
import { contentWords } from '../content-words.ts'

/** Of everybody: who lacks what the saved draft asks for, and what they would see. Every number opens the people. */
export function MissingPanel({ template }: { template: Template }) {
  const t = useWords(contentWords)
  const [open, setOpen] = useState(false)
  const asked = useRoute(routes.missing, { params: { id: template.id }, body: {} }, { enabled: open })
  if (!open) return <Button onClick={() => setOpen(true)}>{t('checkMissing')}</Button>
  if (asked.error) return <ErrorState error={asked.error} retry={() => void asked.refetch()} compact />
  if (!asked.data) return <Skeleton active />
  const { people, values } = asked.data
  if (values.length === 0) return <p className="hw-muted">{t('nothingNeeded')}</p>
  return (
    <table className="content-missing">
      <caption>{t('missingOf', { people })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('valueNeeded')}</th>
          <th scope="col">{t('lacking')}</th>
          <th scope="col">{t('theySee')}</th>
        </tr>
      </thead>
      <tbody>
        {values.map(({ path, fallback, lacking, rule }) => (
          <tr key={path}>
            <td>
              <code>{path}</code>
            </td>
            <td>
              <Link to="/people" search={{ rule, filter: true }}>
                <NumberText value={lacking} />
              </Link>
            </td>
            <td>{fallback === null ? t('nothing') : fallback || t('nothing')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
