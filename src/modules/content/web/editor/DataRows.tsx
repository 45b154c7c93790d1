import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { contentWords } from '../content-words.ts'
import { Labelled } from './Labelled.tsx'
import { LiquidInput } from './LiquidInput.tsx'
import type { Draft } from './use-draft.ts'

/** Fields of a WeChat template message, by the name WeChat knows them by. */
export function DataRows({ draft: { body, change }, readOnly }: { draft: Draft; readOnly: boolean }) {
  const t = useWords(contentWords)
  const rows = Object.entries((body.data ?? {}) as Record<string, string>)
  const put = (next: [string, string][]) => change({ ...body, data: Object.fromEntries(next) })
  return (
    <Labelled label={t('field_data')}>
      {rows.map(([key, value], at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row's name is what is being edited
        <div key={at} className="content-row">
          <Input
            aria-label={t('dataKey')}
            value={key}
            readOnly={readOnly}
            onChange={({ target }) => put(rows.with(at, [target.value.replace(/[^\w.-]/g, ''), value]))}
          />
          <LiquidInput
            label={t('dataValue')}
            value={value}
            readOnly={readOnly}
            onChange={(next) => put(rows.with(at, [key, next]))}
          />
          <Button
            aria-label={t('remove')}
            icon={<DeleteOutlined aria-hidden="true" />}
            disabled={readOnly}
            onClick={() => put(rows.toSpliced(at, 1))}
          />
        </div>
      ))}
      <Button
        icon={<PlusOutlined aria-hidden="true" />}
        disabled={readOnly}
        onClick={() => put([...rows, [`keyword${rows.length + 1}`, '']])}
      >
        {t('addItem')}
      </Button>
    </Labelled>
  )
}
