import { Form, Radio, Select } from 'antd'
import { routes } from '#modules/webhooks/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange } from '#web/use-route.ts'
import { webhookWords } from './webhook-words.ts'

const hourMs = 3600_000
/** Hours; messages are kept for thirty days. */
const spans = { span_1: 1, span_6: 6, span_24: 24, span_72: 72, span_168: 168, span_720: 720 } as const
type Values = { span: keyof typeof spans; all: boolean }

/** From some time ago until now; any other span goes through the API. */
export function ReplayDialog({ id, open, onClose }: { id: string; open: boolean; onClose: () => void }) {
  const t = useWords(webhookWords)
  const toast = useToast()
  const replay = useChange(routes.replay, [routes.get, routes.listDeliveries])
  const send = async ({ span, all }: Values) => {
    const now = Date.now()
    const from = new Date(now - spans[span] * hourMs).toISOString()
    const body = { from, to: new Date(now).toISOString(), all }
    const { messages } = await replay.mutateAsync({ params: { id }, body })
    toast.done(t('replayed', { count: messages }))
  }
  return (
    <FormDialog<Values>
      open={open}
      title={t('replayTitle')}
      action={t('replay')}
      initial={{ span: 'span_24', all: false }}
      onSubmit={send}
      onClose={onClose}
    >
      <p className="hw-muted" style={{ marginBottom: 12 }}>
        {t('replayText')}
      </p>
      <Form.Item name="span" label={t('replaySpan')}>
        <Select options={spanNames.map((value) => ({ value, label: t(value) }))} />
      </Form.Item>
      <Form.Item name="all" label={t('replayWhich')}>
        <Radio.Group
          options={[
            { value: false, label: t('replayFailed') },
            { value: true, label: t('replayAll') },
          ]}
        />
      </Form.Item>
    </FormDialog>
  )
}

const spanNames = Object.keys(spans) as (keyof typeof spans)[]
