import { QuestionCircleOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { analyticsWords } from './analytics-words.ts'
import type { KindView } from './kind-view.ts'

/** The semantics of a kind in a few sentences, where the numbers are. */
export function HowCounted({ view }: { view: KindView }) {
  const t = useWords(analyticsWords)
  const notes = [...view.useNotes(), t('notePeople'), t('noteBin')]
  return (
    <Popover
      trigger="click"
      title={t('howCounted')}
      content={
        <ul className="analytics-notes">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      }
    >
      <Button type="link" size="small" icon={<QuestionCircleOutlined aria-hidden="true" />}>
        {t('howCounted')}
      </Button>
    </Popover>
  )
}
