import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useCan } from '#web/session.ts'
import { RfmGroup } from '../../contract/rfm.ts'
import type { ResultProps } from '../kind-view.ts'
import { MakingState } from '../making/MakingState.tsx'
import { useMaking } from '../making/use-making.ts'
import { rfmWords } from './rfm-words.ts'

/** The eight groups as segments, at once; the same names again bring them up to date. */
export function MakeGroups({ question, answer }: Pick<ResultProps<'rfm'>, 'question' | 'answer'>) {
  const t = useWords(rfmWords)
  const can = useCan()
  const [open, setOpen] = useState(false)
  const making = useMaking()
  if (!can('segment:write')) return null
  if (making.made) return <MakingState making={making} />
  const make = ({ prefix }: { prefix: string }) =>
    making.start({
      question,
      parts: RfmGroup.options.map((group) => ({
        cell: { group, compared: false },
        name: `${prefix.trim()} · ${t(`group.${group}`)}`,
        description: t('made', { day: answer.as_of, text: t(`does.${group}`) }),
        // By the prefix and not by the name: who reads another language updates the same segments.
        origin: `rfm ${prefix.trim().toLowerCase()} ${group}`,
      })),
    })
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('make')}</Button>
      <FormDialog<{ prefix: string }>
        open={open}
        title={t('makeTitle')}
        action={t('makeAction')}
        initial={{ prefix: t('title') }}
        onClose={() => setOpen(false)}
        onSubmit={make}
      >
        <p className="hw-fine">{t('makeText')}</p>
        <Form.Item name="prefix" label={t('prefix')} rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={60} />
        </Form.Item>
      </FormDialog>
    </>
  )
}
