import { SwapOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { blank, EventLine } from '../bar/EventLines.tsx'
import type { PartProps } from '../kind-view.ts'
import type { StateEvent } from '../question-state.ts'
import { intervalWords } from './interval-words.ts'
import '#modules/rules/web/rule-editor.css'
import './interval.css'

/** From one event to another; events other kinds ask for stand behind them and stay. */
export function TwoEvents({ state, onChange }: PartProps) {
  const t = useWords(intervalWords)
  const [from = blank, to = blank, ...rest] = state.events ?? []
  const set = (first: StateEvent, second: StateEvent) => onChange({ events: [first, second, ...rest] })
  return (
    <ol className="analytics-events">
      <li className="analytics-event">
        <span className="analytics-letter interval-end">{t('from')}</span>
        <span className="rule-sentence">
          <EventLine event={from} maths={false} onChange={(next) => set(next, to)} />
        </span>
      </li>
      <li className="analytics-event">
        <span className="analytics-letter interval-end">{t('to')}</span>
        <span className="rule-sentence">
          <EventLine event={to} maths={false} onChange={(next) => set(from, next)} />
        </span>
        <Button
          type="text"
          size="small"
          icon={<SwapOutlined rotate={90} aria-hidden="true" />}
          aria-label={t('swap')}
          title={t('swap')}
          onClick={() => set(to, from)}
        />
      </li>
    </ol>
  )
}
