import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { FunnelQuestion } from '../../contract/funnel.ts'
import { EventLine } from '../bar/EventLines.tsx'
import type { Exclusion } from './funnel-options.ts'
import { funnelWords } from './funnel-words.ts'

type Props = {
  steps: number
  order: FunnelQuestion['order']
  value: Exclusion[]
  onChange: (exclusions: Exclusion[]) => void
}

/** Events that must not happen on the way, each with the steps it must not happen between. */
export function ExclusionLines({ steps, order, value, onChange }: Props) {
  const t = useWords(funnelWords)
  if (order === 'strict') return <p className="hw-fine">{t('exclusionsStrict')}</p>
  const whole = Array.from({ length: steps }, (_, at) => ({
    value: at + 1,
    label: t('step', { step: at + 1 }),
  }))
  return (
    <div>
      <span>{t('exclusions')}</span>
      {value.map((one, at) => {
        const [from, to] = [Math.min(one.between[0], steps - 1), Math.min(one.between[1], steps)]
        const set = (change: Partial<Exclusion>) => onChange(value.with(at, { ...one, ...change }))
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: exclusions have no identity but their place
          <div key={at} className="funnel-exclusion">
            <span className="rule-sentence">
              <EventLine
                event={one}
                maths={false}
                onChange={({ event, where }) => {
                  const { where: _gone, ...rest } = one
                  onChange(value.with(at, { ...rest, event, ...(where ? { where } : {}) }))
                }}
              />
            </span>
            {order !== 'any' && (
              <span className="hw-bar">
                <span className="hw-fine">{t('between')}</span>
                <Select
                  size="small"
                  aria-label={t('betweenFrom')}
                  value={from}
                  options={whole.slice(0, -1)}
                  onChange={(next) => set({ between: [next, Math.max(next + 1, to)] })}
                />
                <Select
                  size="small"
                  aria-label={t('betweenTo')}
                  value={Math.max(to, from + 1)}
                  options={whole.slice(from)}
                  onChange={(next) => set({ between: [from, next] })}
                />
              </span>
            )}
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined aria-hidden="true" />}
              aria-label={t('removeExclusion', { number: at + 1 })}
              onClick={() => onChange(value.toSpliced(at, 1))}
            />
          </div>
        )
      })}
      <div>
        <Button
          type="text"
          size="small"
          icon={<PlusOutlined aria-hidden="true" />}
          onClick={() => onChange([...value, { event: '', between: [1, steps] }])}
        >
          {t('addExclusion')}
        </Button>
      </div>
    </div>
  )
}
