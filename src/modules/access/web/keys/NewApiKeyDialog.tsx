import { Alert, Button, Form, Input, Modal, Radio, Select } from 'antd'
import { useState } from 'react'
import { routes } from '#modules/access/contract.ts'
import type { Permission } from '#modules/access/permissions.ts'
import { useWords } from '#ui/i18n.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { CodeBlock } from '#web/snippets/CodeBlock.tsx'
import { useChange } from '#web/use-route.ts'
import { PermissionPicker } from '../roles/PermissionPicker.tsx'
import { keyWords } from './key-words.ts'

type Values = { name: string; rights: 'all' | 'chosen'; permissions?: Permission[]; days: number }
const dayMs = 86_400_000

export function NewApiKeyDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useWords(keyWords)
  const [secret, setSecret] = useState<string>()
  const create = useChange(routes.createApiKey, [routes.listApiKeys])
  const send = async ({ name, rights, permissions, days }: Values) => {
    const expiresAt = days > 0 ? new Date(Date.now() + days * dayMs).toISOString() : null
    const body = { name, expiresAt, ...(rights === 'chosen' && permissions ? { permissions } : {}) }
    setSecret((await create.mutateAsync({ body })).secret)
  }
  return (
    <>
      <FormDialog<Values>
        open={open}
        title={t('newApiKey')}
        action={t('create')}
        width={640}
        initial={{ rights: 'all', days: 0 }}
        onSubmit={send}
        onClose={onClose}
      >
        <Fields />
      </FormDialog>
      <SecretOnce secret={secret} onClose={() => setSecret(undefined)} />
    </>
  )
}

function Fields() {
  const t = useWords(keyWords)
  const rights = Form.useWatch('rights')
  return (
    <>
      <div className="hw-form-row">
        <Form.Item
          name="name"
          label={t('apiName')}
          extra={t('apiNameHint')}
          rules={[{ required: true, whitespace: true, max: 120, message: t('nameMissing') }]}
        >
          <Input autoFocus />
        </Form.Item>
        <Form.Item name="days" label={t('expires')}>
          <Select
            options={[
              { value: 0, label: t('never') },
              ...[30, 90, 365].map((value) => ({ value, label: t('days', { count: value }) })),
            ]}
          />
        </Form.Item>
      </div>
      <Form.Item name="rights" label={t('permissions')}>
        <Radio.Group
          options={[
            { value: 'all', label: t('allMine') },
            { value: 'chosen', label: t('chosen') },
          ]}
        />
      </Form.Item>
      {rights === 'chosen' && (
        <Form.Item name="permissions" rules={[{ required: true, message: t('permissionsMissing') }]}>
          <PermissionPicker />
        </Form.Item>
      )}
    </>
  )
}

/** The one moment in which the whole key is seen; only the button closes it. */
function SecretOnce({ secret, onClose }: { secret: string | undefined; onClose: () => void }) {
  const t = useWords(keyWords)
  const call = `curl '${window.location.origin}/api/profiles?limit=1' \\\n  --header 'Authorization: Bearer ${secret}'`
  return (
    <Modal
      open={secret !== undefined}
      title={t('secretTitle')}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      width={640}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('secretStored')}
        </Button>
      }
      destroyOnHidden
    >
      <Alert type="warning" showIcon title={t('secretText')} style={{ marginBottom: 12 }} />
      <CodeBlock label={t('prefix')} code={secret ?? ''} />
      <h3 className="set-small-title">{t('tryIt')}</h3>
      <CodeBlock label={t('tryIt')} code={call} />
    </Modal>
  )
}
