import { Alert, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { routes } from '#modules/access/contract.ts'
import { CopyText } from '#ui/CopyText.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { type Answer, callRoute } from '#web/api-client.ts'
import { FormButtons } from '#web/forms/FormButtons.tsx'
import { useSubmit } from '#web/forms/use-submit.ts'
import { auditWords } from './audit-words.ts'

type Values = { anchor?: string }

/** Recomputes the chain on demand; its head is to be kept elsewhere. */
export function AuditCheck({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useWords(auditWords)
  return (
    <Modal open={open} title={t('check')} onCancel={onClose} footer={null} destroyOnHidden width={560}>
      <CheckForm />
    </Modal>
  )
}

function CheckForm() {
  const t = useWords(auditWords)
  const [form] = Form.useForm<Values>()
  const [result, setResult] = useState<Answer<typeof routes.checkAudit>>()
  const { submit, busy, error } = useSubmit<Values>(form, async ({ anchor }) =>
    setResult(await callRoute(routes.checkAudit, { query: { anchor: anchor?.trim() || undefined } })),
  )
  return (
    <Form<Values> form={form} layout="vertical" onFinish={submit}>
      <Form.Item name="anchor" label={t('anchor')}>
        <Input autoComplete="off" />
      </Form.Item>
      {result && (
        <Alert
          type={result.intact ? 'success' : 'error'}
          showIcon
          title={
            result.intact ? t('intact', { count: result.entries }) : t('broken', { at: result.brokenAt })
          }
          description={
            <>
              <p className="hw-fine">
                {t('head')} · {t('headHint')}
              </p>
              <CopyText text={result.head} />
            </>
          }
        />
      )}
      {error !== undefined && <ErrorState error={error} compact />}
      <FormButtons action={t('check')} busy={busy} />
    </Form>
  )
}
