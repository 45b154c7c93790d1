import { Link } from '@tanstack/react-router'
import { Button, Drawer, Form, Input } from 'antd'
import { useState } from 'react'
import { routes, type WriteKey } from '#modules/access/contract.ts'
import { ConfirmDanger } from '#ui/ConfirmDanger.tsx'
import { CopyText } from '#ui/CopyText.tsx'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useCan } from '#web/session.ts'
import { Snippets } from '#web/snippets/Snippets.tsx'
import { snippetForKind } from '#web/snippets/snippet-texts.ts'
import { useChange } from '#web/use-route.ts'
import { KeyState } from './KeyState.tsx'
import { keyWords } from './key-words.ts'

/** One source: its key, the code that connects it, renaming and revoking. */
export function SourceDrawer({ source, onClose }: { source: WriteKey | undefined; onClose: () => void }) {
  return (
    <Drawer
      open={source !== undefined}
      onClose={onClose}
      size={680}
      title={source?.name}
      extra={source && !source.revokedAt && <SourceActions source={source} />}
      destroyOnHidden
    >
      {source && <SourceBody source={source} />}
    </Drawer>
  )
}

function SourceBody({ source }: { source: WriteKey }) {
  const t = useWords(keyWords)
  return (
    <>
      <dl className="set-facts set-facts-plain">
        <dt>{t('state')}</dt>
        <dd>
          <KeyState revokedAt={source.revokedAt} />
        </dd>
        <dt>{t('kind')}</dt>
        <dd>{t(`kind_${source.kind}`)}</dd>
        <dt>{t('key')}</dt>
        <dd>
          <CopyText text={source.key} />
        </dd>
        <dt>{t('address')}</dt>
        <dd>
          <CopyText text={window.location.origin} />
        </dd>
        <dt>{t('created')}</dt>
        <dd>
          <TimeText value={source.createdAt} as="full" />
        </dd>
      </dl>
      {!source.revokedAt && (
        <section className="set-section">
          <h3>{t('connect')}</h3>
          <p className="hw-muted">{t('connectText')}</p>
          <Snippets writeKey={source.key} first={snippetForKind(source.kind)} />
          <p style={{ marginTop: 12 }}>
            <Link to="/events">{t('seeEvents')}</Link>
          </p>
        </section>
      )}
    </>
  )
}

function SourceActions({ source }: { source: WriteKey }) {
  const t = useWords(keyWords)
  const toast = useToast()
  const can = useCan()
  const [asked, setAsked] = useState<'rename' | 'revoke'>()
  const rename = useChange(routes.renameWriteKey, [routes.listWriteKeys])
  const revoke = useChange(routes.revokeWriteKey, [routes.listWriteKeys])
  const params = { id: source.id }
  if (!can('key:write')) return null
  return (
    <div className="hw-bar">
      <Button onClick={() => setAsked('rename')}>{t('rename')}</Button>
      <Button danger onClick={() => setAsked('revoke')}>
        {t('revoke')}
      </Button>
      <FormDialog<{ name: string }>
        open={asked === 'rename'}
        title={t('rename')}
        action={t('save')}
        initial={{ name: source.name }}
        onSubmit={async (body) => {
          await rename.mutateAsync({ params, body })
          toast.done(t('renamed'))
        }}
        onClose={() => setAsked(undefined)}
      >
        <Form.Item
          name="name"
          label={t('sourceName')}
          rules={[{ required: true, whitespace: true, max: 120, message: t('nameMissing') }]}
        >
          <Input autoFocus />
        </Form.Item>
      </FormDialog>
      <ConfirmDanger
        open={asked === 'revoke'}
        title={t('revokeTitle', { name: source.name })}
        phrase={source.name}
        action={t('revoke')}
        onConfirm={async () => {
          await revoke.mutateAsync({ params })
          toast.done(t('revokedDone'))
        }}
        onClose={() => setAsked(undefined)}
      >
        {t('revokeText')}
      </ConfirmDanger>
    </div>
  )
}
