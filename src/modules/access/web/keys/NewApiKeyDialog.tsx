import { Alert, Button, Form, Input, InputNumber, Modal, Radio, Select } from 'antd'
import { useState } from 'react'
import { routes } from '#modules/access/contract.ts'
import { type Permission, type ScopeKind, scopeKinds } from '#modules/access/permissions.ts'
import { useWords } from '#ui/i18n.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { CodeBlock } from '#web/snippets/CodeBlock.tsx'
import { useChange } from '#web/use-route.ts'
import { PermissionPicker } from '../roles/PermissionPicker.tsx'
import { keyWords } from './key-words.ts'

type Values = {
  name: string
  rights: 'all' | 'chosen'
  permissions?: Permission[]
  days: number
  scope: ScopeKind | 'mine'
  perMinute: number
  ips?: string
}
type NarrowScope = Exclude<ScopeKind, 'all'>
const dayMs = 86_400_000

export function NewApiKeyDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useWords(keyWords)
  const [secret, setSecret] = useState<string>()
  const create = useChange(routes.createApiKey, [routes.listApiKeys])
  const send = async ({ name, rights, permissions, days, scope, perMinute, ips = '' }: Values) => {
    const expiresAt = days > 0 ? new Date(Date.now() + days * dayMs).toISOString() : null
    const allowedIps = ips.split(/[\s,，]+/).filter(Boolean)
    const body = {
      name,
      expiresAt,
      perMinute,
      scope: scope === 'mine' ? null : scope,
      allowedIps: allowedIps.length > 0 ? allowedIps : null,
      ...(rights === 'chosen' && permissions ? { permissions } : {}),
    }
    setSecret((await create.mutateAsync({ body })).secret)
  }
  return (
    <>
      <FormDialog<Values>
        open={open}
        title={t('newApiKey')}
        action={t('create')}
        width={640}
        initial={{ rights: 'all', days: 0, scope: 'mine', perMinute: 30_000 }}
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
      <div className="hw-form-row">
        <Form.Item name="scope" label={t('keyScope')} extra={t('keyScopeHint')}>
          <Select
            options={[
              { value: 'mine', label: t('scopeMine') },
              ...scopeKinds
                .slice(0, -1)
                .map((value) => ({ value, label: t(`scope_${value as NarrowScope}`) })),
            ]}
          />
        </Form.Item>
        <Form.Item
          name="perMinute"
          label={t('perMinute')}
          extra={t('perMinuteHint')}
          rules={[{ required: true }]}
        >
          <InputNumber min={1} max={600_000} step={1000} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <Form.Item name="ips" label={t('allowedIps')} extra={t('allowedIpsHint')}>
        <Input placeholder="203.0.113.7, 10.0.0.0/8" />
      </Form.Item>
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
