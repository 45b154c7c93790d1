import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { routes } from '#modules/privacy/contract.ts'
import { type Profile, routes as people } from '#modules/profiles/contract.ts'
import { routes as jobs } from '#platform/jobs/job-contract.ts'
import { ConfirmDanger } from '#ui/ConfirmDanger.tsx'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { addressOf } from '#web/api-client.ts'
import { useCan } from '#web/session.ts'
import { useChange } from '#web/use-route.ts'
import { privacyWords } from './privacy-words.ts'

type Item = { key: string; label: string; danger?: boolean; onClick: () => void }

/** What the menu of a person offers about their data, and the question that belongs to it. */
export function usePersonPrivacy(person: Profile, shownName: string): { items: Item[]; dialog: ReactNode } {
  const t = useWords(privacyWords)
  const can = useCan()
  const [asking, setAsking] = useState(false)
  const address = addressOf(routes.export.get, { id: person.id })
  const items: Item[] = []
  if (can('export:read') && can('people:unmask'))
    items.push({ key: 'export', label: t('exportAll'), onClick: () => location.assign(address) })
  if (can('people:erase'))
    items.push({ key: 'erase', label: t('erase'), danger: true, onClick: () => setAsking(true) })
  return {
    items,
    dialog: <EraseDialog id={person.id} name={shownName} open={asking} onClose={() => setAsking(false)} />,
  }
}

type DialogProps = { id: string; name: string; open: boolean; onClose: () => void }

function EraseDialog({ id, name, open, onClose }: DialogProps) {
  const t = useWords(privacyWords)
  const toast = useToast()
  const navigate = useNavigate()
  const erase = useChange(routes.erase, [people.list, people.count, jobs.list])
  return (
    <ConfirmDanger
      open={open}
      title={t('eraseTitle', { name })}
      phrase={t('confirmWord')}
      action={t('confirmWord')}
      onConfirm={async () => {
        await erase.mutateAsync({ params: { id } })
        toast.done(t('erasing', { name }))
        await navigate({ to: '/people' })
      }}
      onClose={onClose}
    >
      {t('eraseText')}
    </ConfirmDanger>
  )
}
