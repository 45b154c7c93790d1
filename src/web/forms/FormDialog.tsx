import { Form, Modal } from 'antd'
import { type ReactNode, useId } from 'react'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { uiWords } from '#ui/ui-words.ts'
import { FormButtons } from '#web/forms/FormButtons.tsx'
import { useSubmit } from '#web/forms/use-submit.ts'

type Props<T> = {
  open: boolean
  title: string
  /** The verb on the button. */
  action: string
  initial: Partial<T>
  onSubmit: (values: T) => Promise<unknown>
  onClose: () => void
  /** `Form.Item`s. */
  children: ReactNode
  width?: number
}

const field = 'input:not([type=hidden], [type=radio]), textarea'

/** A short form in a dialog: Enter sends, faults stay beside what was typed, closes when it worked. */
export function FormDialog<T extends object>(props: Props<T>) {
  const id = useId()
  return (
    <Modal
      open={props.open}
      title={props.title}
      onCancel={props.onClose}
      width={props.width ?? 480}
      footer={null}
      // The dialog puts the focus on its close button, after the field's own autoFocus.
      afterOpenChange={(open) =>
        open && document.getElementById(id)?.querySelector<HTMLElement>(field)?.focus()
      }
      destroyOnHidden
    >
      <DialogForm {...props} id={id} />
    </Modal>
  )
}

function DialogForm<T extends object>({
  id,
  action,
  initial,
  onSubmit,
  onClose,
  children,
}: Props<T> & { id: string }) {
  const ui = useWords(uiWords)
  const [form] = Form.useForm<T>()
  const { submit, busy, error } = useSubmit<T>(form, onSubmit)
  return (
    <Form<T>
      form={form}
      name={id}
      layout="vertical"
      requiredMark={false}
      initialValues={initial}
      onFinish={async (values) => {
        if (await submit(values)) onClose()
      }}
    >
      {children}
      {error !== undefined && <ErrorState error={error} compact />}
      <FormButtons action={action} busy={busy} cancel={ui('cancel')} onCancel={onClose} />
    </Form>
  )
}
