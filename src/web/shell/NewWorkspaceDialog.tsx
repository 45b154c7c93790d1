import { Form, Input, Select } from 'antd'
import { useMemo } from 'react'
import { routes } from '#modules/access/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { type CallInput, callRoute } from '#web/api-client.ts'
import { countryChoices, currencyChoices, searchByLabel, zoneChoices } from '#web/forms/choices.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useMe } from '#web/session.ts'
import { newWorkspaceWords } from '#web/shell/new-workspace-words.ts'

type Values = Required<
  Pick<CallInput<typeof routes.createWorkspace>['body'], 'name' | 'timezone' | 'country' | 'currency'>
>
type Props = {
  open: boolean
  onClose: () => void
  onCreated: (workspaceId: string) => Promise<void>
}

/** A room of its own for another company or brand; whoever makes it owns it. Nothing is shared with the present one. */
export function NewWorkspaceDialog({ open, onClose, onCreated }: Props) {
  const t = useWords(newWorkspaceWords)
  const { language } = useDisplay()
  const { workspace } = useMe()
  const [zones, countries, currencies] = useMemo(
    () => [zoneChoices(language), countryChoices(language), currencyChoices(language)],
    [language],
  )
  const create = async (body: Values) => {
    const made = await callRoute(routes.createWorkspace, { body: { ...body, withApiKey: false } })
    await onCreated(made.workspaceId)
  }
  const { timezone = 'UTC', country = 'CN', currency = 'CNY' } = workspace ?? {}
  return (
    <FormDialog<Values>
      open={open}
      title={t('title')}
      action={t('create')}
      initial={{ timezone, country, currency }}
      onSubmit={create}
      onClose={onClose}
    >
      <p className="hw-muted hw-dialog-purpose">{t('purpose')}</p>
      <Form.Item
        name="name"
        label={t('name')}
        rules={[{ required: true, whitespace: true, max: 120, message: t('nameMissing') }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="timezone" label={t('timezone')}>
        <Select options={zones} {...searchByLabel} />
      </Form.Item>
      <div className="hw-form-row">
        <Form.Item name="country" label={t('country')}>
          <Select options={countries} {...searchByLabel} />
        </Form.Item>
        <Form.Item name="currency" label={t('currency')}>
          <Select options={currencies} {...searchByLabel} />
        </Form.Item>
      </div>
    </FormDialog>
  )
}
