import { Form, Input } from 'antd'
import type { RouteDef } from '#platform/http/define-routes.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange } from '#web/use-route.ts'
import { type Company, routes } from '../contract.ts'
import { companyWords } from './company-words.ts'
import { PersonPicker } from './PersonPicker.tsx'

type Props = { company: Company; open: boolean; onClose: () => void; refresh: readonly RouteDef[] }
type Values = { person: string; title?: string }

export function AddPersonDialog({ company, open, onClose, refresh }: Props) {
  const t = useWords(companyWords)
  const toast = useToast()
  const add = useChange(routes.addPerson, refresh)
  return (
    <FormDialog<Values>
      open={open}
      title={t('addPerson')}
      action={t('add')}
      initial={{}}
      onSubmit={async ({ person, title }) => {
        await add.mutateAsync({
          params: { id: company.id },
          body: { person, ...(title?.trim() ? { title } : {}) },
        })
        toast.done(t('added'))
      }}
      onClose={onClose}
    >
      <p className="hw-muted">{t('addPersonText')}</p>
      <Form.Item name="person" label={t('person')} rules={[{ required: true, message: t('personMissing') }]}>
        <PersonPicker />
      </Form.Item>
      <Form.Item name="title" label={t('jobTitle')}>
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  )
}
