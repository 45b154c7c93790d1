import { Link } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { ExportButton } from '#modules/exports/web/ExportButton.tsx'
import { routes as segments } from '#modules/segments/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { callRoute } from '#web/api-client.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useCan } from '#web/session.ts'
import { useChange } from '#web/use-route.ts'
import { routes } from '../../contract.ts'
import { analyticsWords } from '../analytics-words.ts'
import type { AskedPeople } from '../kind-view.ts'

type Saved = { id: string; name: string }
const pageSize = 1000

/** Puts the people of a cell on a list of their own; a list can be sent to, combined and exported like any segment. */
export function SavePeople({
  body,
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
  const [saved, setSaved] = useState<Saved>()
  const [done, setDone] = useState<number>()
  const create = useChange(segments.create, [segments.list])
  if (saved)
    return (
      <>
        <Link to="/segments/$id" params={{ id: saved.id }}>
          {t('openSegment', { name: saved.name })}
        </Link>
        <ExportButton subject={{ segment: saved }} />
      </>
    )
  if (!can('segment:write')) return null
  const save = async ({ name }: { name: string }) => {
    const { id } = await create.mutateAsync({ body: { name, kind: 'list' } })
    let cursor: string | undefined
    let put = 0
    do {
      const page = await callRoute(routes.people, {
        query: { limit: pageSize, ...(cursor ? { cursor } : {}) },
        body,
      })
      const ids = page.items.map((person) => person.id)
      if (ids.length > 0) await callRoute(segments.addPeople, { params: { id }, body: { ids } })
      put += ids.length
      setDone(put)
      cursor = page.next ?? undefined
    } while (cursor)
    setSaved({ id, name })
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('saveSegment')}</Button>
      <FormDialog<{ name: string }>
        open={open}
        title={t('saveSegment')}
        action={t('save')}
        initial={{ name: suggestion.slice(0, 120) }}
        onClose={() => setOpen(false)}
        onSubmit={save}
      >
        <p className="hw-fine">{t('saveText', { count: exactNumber(total, language) })}</p>
        <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={120} />
        </Form.Item>
        {done !== undefined && (
          <p aria-live="polite" className="hw-fine">
            {t('saving', { done: exactNumber(done, language), count: exactNumber(total, language) })}
          </p>
        )}
      </FormDialog>
    </>
  )
}
