import { Alert, Button, Modal } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { CodeBlock } from '#web/snippets/CodeBlock.tsx'
import { webhookWords } from './webhook-words.ts'

const verifying = (secret: string) => `import { Webhook } from 'standardwebhooks' // npm i standardwebhooks

const webhook = new Webhook('${secret}')
// rawBody: the bytes as they came, before any JSON parsing
const message = webhook.verify(rawBody, request.headers)`

/** The one moment in which the secret is seen; only the button closes it. */
export function SecretOnce({ secret, onClose }: { secret: string | undefined; onClose: () => void }) {
  const t = useWords(webhookWords)
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
      <CodeBlock label={t('secret')} code={secret ?? ''} />
      <h3 className="set-small-title">{t('verify')}</h3>
      <CodeBlock label={t('verify')} code={verifying(secret ?? '')} />
    </Modal>
  )
}
