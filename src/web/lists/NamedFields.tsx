import { AutoComplete, Form, Input } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { listWords } from './list-words.ts'

/** What a form with these fields gives; what was never touched is undefined. */
export type NamedValues = { name: string; folder?: string; description?: string }

type Props = {
  /** An example of a name. */
  placeholder: string
  /** Folders there are; left out: only the name is asked for. */
  folders?: readonly string[] | undefined
}

/** Name, folder and what it is for, of anything that is kept under a name. */
export function NamedFields({ placeholder, folders }: Props) {
  const t = useWords(listWords)
  return (
    <>
      <Form.Item
        name="name"
        label={t('name')}
        rules={[{ required: true, whitespace: true, message: t('nameMissing') }]}
      >
        <Input maxLength={120} placeholder={placeholder} />
      </Form.Item>
      {folders && (
        <>
          <Form.Item name="folder" label={t('folder')} extra={t('folderHint')}>
            <AutoComplete allowClear options={folders.map((value) => ({ value }))} maxLength={80} />
          </Form.Item>
          <Form.Item name="description" label={t('description')}>
            <Input.TextArea maxLength={1000} autoSize={{ minRows: 2, maxRows: 6 }} />
          </Form.Item>
        </>
      )}
    </>
  )
}
