import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { ExportButton } from '#modules/exports/web/ExportButton.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useCan } from '#web/session.ts'
import { analyticsWords } from '../analytics-words.ts'
import type { AskedPeople } from '../kind-view.ts'
import { MakingState } from '../making/MakingState.tsx'
import { useMaking } from '../making/use-making.ts'

/** Puts the people of a cell on a list of their own; a list can be sent to, combined and exported like any segment. */
export function SavePeople({
  body: { cell, ...question },
  total,
  suggestion,
}: {
  body: AskedPeople
  total: number
  suggestion: string
}) {
  const t = useWords(analyticsWords)
  const can = useCan()
  const { language } = useDisplay()
  const [open, setOpen] = useState(false)
  const making = useMaking()
  const [segment] = making.made?.segments ?? []
  if (segment)
    return (
      <>
        <MakingState making={making} />
        {!making.working && <ExportButton subject={{ segment }} />}
      </>
    )
  if (!can('segment:write')) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('saveSegment')}</Button>
      <FormDialog<{ name: string }>
        open={open}
        title={t('saveSegment')}
        action={t('save')}
        initial={{ name: suggestion.slice(0, 120) }}
        onClose={() => setOpen(false)}
        onSubmit={({ name }) => making.start({ question, parts: [{ cell, name }] })}
      >
        <p className="hw-fine">{t('saveText', { count: exactNumber(total, language) })}</p>
        <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={120} />
        </Form.Item>
      </FormDialog>
    </>
  )
}
