import { Button, Input, Popover } from 'antd'
import { useId, useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { type RfmOptions, readCuts, usualCuts } from './rfm-options.ts'
import { rfmWords } from './rfm-words.ts'

type Cuts = NonNullable<RfmOptions['cuts']>
const keys = ['r', 'f', 'm'] as const
const textOf = (cuts: Cuts) => ({ r: cuts.r.join(', '), f: cuts.f.join(', '), m: cuts.m.join(', ') })

/** Own cut points of the three, as text; taken over together. */
export function CutPoints({
  value = usualCuts,
  onChange,
}: {
  value: Cuts | undefined
  onChange: (cuts: Cuts) => void
}) {
  const t = useWords(rfmWords)
  const [open, setOpen] = useState(false)
  const [texts, setTexts] = useState(textOf(value))
  const id = useId()
  const [r, f, m] = keys.map((key) => readCuts(texts[key]))
  const apply = () => {
    if (!r || !f || !m) return
    onChange({ r, f, m })
    setOpen(false)
  }
  const form = (
    <div className="rfm-cuts">
      {keys.map((key) => (
        <label key={key} className="rfm-field" htmlFor={`${id}${key}`}>
          <span>{t(`cuts.${key}`)}</span>
          <Input
            id={`${id}${key}`}
            value={texts[key]}
            status={readCuts(texts[key]) ? '' : 'error'}
            onChange={({ target }) => setTexts({ ...texts, [key]: target.value })}
            onPressEnter={apply}
          />
        </label>
      ))}
      <p className="hw-fine">{r && f && m ? t('cutsHint') : t('cutsFault')}</p>
      <Button type="primary" disabled={!r || !f || !m} onClick={apply}>
        {t('apply')}
      </Button>
    </div>
  )
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={(next) => {
        if (next) setTexts(textOf(value))
        setOpen(next)
      }}
      content={form}
    >
      <Button>{t('cuts')}</Button>
    </Popover>
  )
}
