import { Input, Modal } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { uiWords } from '#ui/ui-words.ts'

type Props = {
  open: boolean
  title: string
  /** What will happen, with the number of people it touches. */
  children: ReactNode
  /** Must be typed exactly; leave out for a plain question. */
  phrase?: string
  action: string
  onConfirm: () => Promise<unknown>
  onClose: () => void
}

/** For what cannot be undone: says what it touches and asks to type a phrase. */
export function ConfirmDanger({ open, title, children, phrase, action, onConfirm, onClose }: Props) {
  const t = useWords(uiWords)
  const id = useId()
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const confirm = async () => {
    setBusy(true)
    setError(undefined)
    try {
      await onConfirm()
      onClose()
    } catch (fault) {
      setError(fault)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open={open}
      title={title}
      okText={action}
      cancelText={t('cancel')}
      okButtonProps={{
        danger: true,
        disabled: phrase !== undefined && typed.trim() !== phrase,
        loading: busy,
      }}
      onOk={confirm}
      onCancel={onClose}
      afterClose={() => {
        setTyped('')
        setError(undefined)
      }}
      destroyOnHidden
    >
      <div>{children}</div>
      {phrase !== undefined && (
        <label htmlFor={id} className="hw-field">
          <span>{t('typeToConfirm', { phrase })}</span>
          <Input id={id} value={typed} onChange={(event) => setTyped(event.target.value)} autoFocus />
        </label>
      )}
      {error !== undefined && <ErrorState error={error} compact />}
    </Modal>
  )
}
