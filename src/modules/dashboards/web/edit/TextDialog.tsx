import { Form, Input } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { boardLimits } from '../../contract/board.ts'
import { dashboardsWords } from '../dashboards-words.ts'
import { Markdown } from '../markdown/Markdown.tsx'

type Text = { title?: string | undefined; text: string }
type Props = { open: boolean; given?: Text; onClose: () => void; onDone: (text: Text) => void }

/** A note in Markdown, with what it will look like. */
export function TextDialog({ open, given, onClose, onDone }: Props) {
  const t = useWords(dashboardsWords)
  return (
    <FormDialog<Text>
      open={open}
      title={t(given ? 'editText' : 'newTextTitle')}
      action={t('save')}
      initial={{ title: given?.title ?? '', text: given?.text ?? '' }}
      width={640}
      onClose={onClose}
      onSubmit={async ({ title, text }) => onDone({ title: title?.trim() || undefined, text })}
    >
      <Form.Item name="title" label={t('tileTitle')}>
        <Input maxLength={160} allowClear />
      </Form.Item>
      <Form.Item
        name="text"
        label={t('text')}
        extra={t('textHint')}
        rules={[{ required: true, whitespace: true }]}
      >
        <Input.TextArea
          maxLength={boardLimits.text}
          autoSize={{ minRows: 5, maxRows: 12 }}
          placeholder={t('textPlaceholder')}
        />
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) => (
          <section className="board-note-preview" aria-label={t('preview')}>
            <Markdown text={String(getFieldValue('text') ?? '')} />
          </section>
        )}
      </Form.Item>
    </FormDialog>
  )
}
