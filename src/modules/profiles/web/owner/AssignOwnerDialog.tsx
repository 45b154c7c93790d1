import { Alert, Form, Select } from 'antd'
import type { Rule } from '#modules/rules/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useMe } from '#web/session.ts'
import type { Profile } from '../../contract.ts'
import { ownerWords } from '../owner-words.ts'
import { MemberLabel } from './MemberLabel.tsx'
import { memberSearch, useMemberOptions } from './member-options.ts'
import { useAssignOwner, useStartAssigning } from './use-assign-owner.ts'
import './owner.css'

type Props = {
  people: readonly Profile[]
  /** Everybody a list shows, in place of the people; a job does it. */
  matching?: { rule: Rule | undefined; search: string | undefined; owner: string | undefined; count: number }
  open: boolean
  onClose: () => void
  /** How many of them the reader may still see. */
  onAssigned?: (visible: number) => void
}
type Values = { owner: string }
const nobody = 'none'

/** Asks who shall look after one person or many. */
export function AssignOwnerDialog({ people, matching, open, onClose, onAssigned }: Props) {
  const t = useWords(ownerWords)
  const { language } = useDisplay()
  const { options } = useMemberOptions()
  const assign = useAssignOwner()
  const start = useStartAssigning()
  const [only] = people
  const title =
    !matching && people.length === 1 && only?.name
      ? t('assignOneTitle', { name: only.name })
      : t('assignTitle', { count: exactNumber(matching?.count ?? people.length, language) })
  const owners = new Set(people.map((person) => person.owner?.id))
  const known = owners.size === 1 ? only?.owner?.id : undefined
  return (
    <FormDialog<Values>
      open={open}
      title={title}
      action={t('assign')}
      initial={known ? { owner: known } : {}}
      onSubmit={async ({ owner }) => {
        const member = options.find((one) => one.value === owner)
        if (matching) {
          await start(matching, member?.value ?? null)
          onAssigned?.(matching.count)
          return
        }
        onAssigned?.(await assign(people, member ? { id: member.value, name: member.name } : null))
      }}
      onClose={onClose}
    >
      <OwnerField />
    </FormDialog>
  )
}

function OwnerField() {
  const t = useWords(ownerWords)
  const { seesAll } = useMe()
  const { options, loading } = useMemberOptions()
  return (
    <>
      <Form.Item name="owner" label={t('owner')} rules={[{ required: true, message: t('chooseMissing') }]}>
        <Select
          placeholder={t('choose')}
          loading={loading}
          options={[...options, { value: nobody, label: t('nobody'), hint: '' }]}
          optionRender={({ data }) => <MemberLabel name={data.label} hint={data.hint} />}
          showSearch={memberSearch}
        />
      </Form.Item>
      {!seesAll && <Alert type="warning" showIcon title={t('loseSight')} className="owner-warning" />}
    </>
  )
}
