import { Input, Select } from 'antd'
import { useId, useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { bracketPeriods, readBrackets } from './brackets.ts'
import type { RetentionOptions } from './retention-options.ts'
import { retentionWords } from './retention-words.ts'

const counts = [7, 8, 12, 14, 30]
const lengths = [
  [1, 3, 7],
  [1, 2, 4, 7, 16],
  [7, 7, 16],
]
type Props = {
  value: Pick<RetentionOptions, 'periods' | 'brackets'>
  onChange: (next: Pick<RetentionOptions, 'periods' | 'brackets'>) => void
}

/** So many periods, or brackets of several; what is typed counts once it makes sense, and is not lost before. */
export function PeriodsPicker({ value, onChange }: Props) {
  const t = useWords(retentionWords)
  const hint = useId()
  const own = value.brackets?.join(', ')
  const isPreset = lengths.some((one) => one.join(', ') === own)
  const [typed, setTyped] = useState(own ?? '')
  const [isTyping, setTyping] = useState(own !== undefined && !isPreset)
  const read = readBrackets(typed)
  const choose = (key: string) => {
    setTyping(key === 'custom')
    if (key === 'custom') return setTyped(own ?? '1, 3, 7')
    const brackets = lengths.find((one) => one.join(', ') === key)
    return onChange(
      brackets ? { periods: undefined, brackets } : { periods: Number(key), brackets: undefined },
    )
  }
  const type = (text: string) => {
    setTyped(text)
    const next = readBrackets(text)
    if ('brackets' in next) onChange({ periods: undefined, brackets: next.brackets })
  }
  return (
    <>
      <Select
        aria-label={t('periods')}
        value={isTyping ? 'custom' : (own ?? String(value.periods ?? 8))}
        options={[
          ...counts.map((count) => ({ value: String(count), label: t('periodsOf', { count }) })),
          ...lengths.map((one) => ({
            value: one.join(', '),
            label: t('bracketsOf', { lengths: bracketNames(one).join(' / ') }),
          })),
          { value: 'custom', label: t('custom') },
        ]}
        onChange={choose}
        popupMatchSelectWidth={false}
      />
      {isTyping && (
        <span className="retention-brackets">
          <Input
            aria-label={t('brackets')}
            aria-describedby={hint}
            aria-invalid={'fault' in read}
            placeholder="1, 3, 7"
            value={typed}
            {...('fault' in read ? { status: 'error' as const } : {})}
            onChange={({ target }) => type(target.value)}
          />
          <span id={hint} role="status" className={'fault' in read ? 'hw-fine retention-fault' : 'hw-fine'}>
            {'fault' in read
              ? t(`bracketsFault.${read.fault.reason}`, { ...read.fault })
              : t('bracketsShown', { periods: bracketNames(read.brackets).join(' / ') })}
          </span>
        </span>
      )}
    </>
  )
}

const bracketNames = (brackets: readonly number[]): string[] =>
  bracketPeriods(brackets).map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`))
