import { Form, Input, Select } from 'antd'
import { MemberLabel } from '#modules/profiles/web/owner/MemberLabel.tsx'
import { memberSearch, useMemberOptions } from '#modules/profiles/web/owner/member-options.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useCan } from '#web/session.ts'
import { useChange } from '#web/use-route.ts'
import { type Company, routes } from '../contract.ts'
import { companyWords } from './company-words.ts'

type Props = {
  open: boolean
  /** Undefined: a new one. */
  company: Company | undefined
  onClose: () => void
  onSaved?: (company: Company) => void
}
type Values = { name: string; domain?: string; externalId?: string; owner?: string }
const nobody = 'none'

/** Makes a company, or changes what it is called and who looks after it. */
export function CompanyDialog({ open, company, onClose, onSaved }: Props) {
  const t = useWords(companyWords)
  const toast = useToast()
  const can = useCan()
  const refresh = [routes.list, routes.count, routes.get, routes.attributes]
  const create = useChange(routes.create, refresh)
  const update = useChange(routes.update, refresh)
  const save = async ({ name, domain, externalId, owner }: Values) => {
    const member = owner === undefined ? {} : { owner: owner === nobody ? null : owner }
    if (!company) {
      const body = {
        name,
        ...(domain?.trim() ? { domain } : {}),
        ...(externalId?.trim() ? { externalId } : {}),
        ...member,
      }
      const made = await create.mutateAsync({ body })
      toast.done(t('created', { name }))
      onSaved?.(made)
      return
    }
    const body = { name, domain: domain?.trim() || null, externalId: externalId?.trim() || null, ...member }
    onSaved?.(await update.mutateAsync({ params: { id: company.id }, body }))
    toast.done(t('saved'))
  }
  return (
    <FormDialog<Values>
      open={open}
      title={company ? t('editTitle') : t('newCompany')}
      action={company ? t('save') : t('create')}
      initial={{
        name: company?.name ?? '',
        domain: company?.domain ?? '',
        externalId: company?.externalId ?? '',
        ...(company?.owner ? { owner: company.owner.id } : {}),
      }}
      onSubmit={save}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t('name')}
        rules={[{ required: true, whitespace: true, message: t('nameMissing') }]}
      >
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="domain" label={t('domain')} extra={t('domainHint')}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="externalId" label={t('externalId')} extra={t('externalIdHint')}>
        <Input maxLength={500} />
      </Form.Item>
      {can('member:read') && <OwnerField />}
    </FormDialog>
  )
}

function OwnerField() {
  const t = useWords(companyWords)
  const { options, loading } = useMemberOptions()
  return (
    <Form.Item name="owner" label={t('owner')}>
      <Select
        placeholder={t('nobody')}
        loading={loading}
        options={[...options, { value: nobody, label: t('nobody'), hint: '' }]}
        optionRender={({ data }) => <MemberLabel name={data.label} hint={data.hint} />}
        showSearch={memberSearch}
      />
    </Form.Item>
  )
}
