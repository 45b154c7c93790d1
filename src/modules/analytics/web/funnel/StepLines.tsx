import { CloseOutlined, HolderOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { fewestSteps, mostSteps } from '../../contract/funnel.ts'
import { blank, EventLine } from '../bar/EventLines.tsx'
import type { PartProps } from '../kind-view.ts'
import type { StateEvent } from '../question-state.ts'
import { funnelWords } from './funnel-words.ts'
import '#modules/rules/web/rule-editor.css'
import './funnel.css'

/** The steps in their order: changed by dragging the handle, by arrow keys on it, or by its menu. */
export function StepLines({ state, onChange }: PartProps) {
  const t = useWords(funnelWords)
  const given = state.events ?? []
  const events = given.length >= fewestSteps ? given : [...given, blank, blank].slice(0, fewestSteps)
  const [dragged, setDragged] = useState<number>()
  const [over, setOver] = useState<number>()
  const set = (at: number, next: StateEvent) => onChange({ events: events.with(at, next) })
  const move = (from: number, to: number) => {
    const moved = events[from]
    if (!moved || from === to || to < 0 || to >= events.length) return
    onChange({ events: events.toSpliced(from, 1).toSpliced(to, 0, moved) })
    // The handle goes with its step, and so does the focus.
    requestAnimationFrame(() => document.getElementById(`funnel-step-${to}`)?.focus())
  }
  const drop = () => {
    if (dragged !== undefined && over !== undefined) move(dragged, over)
    setDragged(undefined)
    setOver(undefined)
  }
  return (
    <ol className="analytics-events">
      {events.slice(0, mostSteps).map((event, at) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
          key={at}
          className={`analytics-event ${dragged !== undefined && over === at ? 'funnel-over' : ''}`}
          onDragOver={(e) => {
            if (dragged === undefined) return
            e.preventDefault()
            setOver(at)
          }}
          onDrop={drop}
        >
          <Handle at={at} last={events.length - 1} onMove={move} onDrag={setDragged} />
          <span className="analytics-letter" aria-hidden="true">
            {at + 1}
          </span>
          <div className="funnel-choices">
            <Choices event={event} step={at + 1} onChange={(next) => set(at, next)} />
          </div>
          {events.length > fewestSteps && (
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined aria-hidden="true" />}
              aria-label={t('removeStep', { step: at + 1 })}
              onClick={() => onChange({ events: events.toSpliced(at, 1) })}
            />
          )}
        </li>
      ))}
      {events.length < mostSteps && (
        <li>
          <Button
            type="text"
            size="small"
            icon={<PlusOutlined aria-hidden="true" />}
            onClick={() => onChange({ events: [...events, blank] })}
          >
            {t('addStep')}
          </Button>
        </li>
      )}
    </ol>
  )
}

type HandleProps = {
  at: number
  last: number
  onMove: (from: number, to: number) => void
  onDrag: (at: number | undefined) => void
}

function Handle({ at, last, onMove, onDrag }: HandleProps) {
  const t = useWords(funnelWords)
  const press = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (by === 0) return
    event.preventDefault()
    onMove(at, at + by)
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'up', label: t('moveUp'), disabled: at === 0 },
          { key: 'down', label: t('moveDown'), disabled: at === last },
        ],
        onClick: ({ key }) => onMove(at, key === 'up' ? at - 1 : at + 1),
      }}
    >
      <Button
        id={`funnel-step-${at}`}
        type="text"
        size="small"
        className="funnel-handle"
        draggable
        icon={<HolderOutlined aria-hidden="true" />}
        aria-label={t('moveStep', { step: at + 1 })}
        title={t('moveHint')}
        onKeyDown={press}
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move'
          event.dataTransfer.setData('text/plain', String(at + 1))
          onDrag(at)
        }}
        onDragEnd={() => onDrag(undefined)}
      />
    </Dropdown>
  )
}

type ChoicesProps = { event: StateEvent; step: number; onChange: (event: StateEvent) => void }

/** An event, or one of several. */
function Choices({ event, step, onChange }: ChoicesProps) {
  const t = useWords(funnelWords)
  const or = event.or ?? []
  const setOr = (next: NonNullable<StateEvent['or']>) => {
    const { or: _gone, ...rest } = event
    onChange(next.length > 0 ? { ...rest, or: next } : rest)
  }
  return (
    <>
      <span className="rule-sentence">
        <EventLine event={event} maths={false} onChange={onChange} />
        {event.event && or.length === 0 && (
          <Button type="text" size="small" className="funnel-or" onClick={() => setOr([{ event: '' }])}>
            {t('addChoice')}
          </Button>
        )}
      </span>
      {or.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: choices have no identity but their place
        <span key={at} className="rule-sentence">
          <span className="rule-word">{t('or')}</span>
          <EventLine
            event={one}
            maths={false}
            onChange={({ event: name, where }) =>
              setOr(or.with(at, { event: name, ...(where ? { where } : {}) }))
            }
          />
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined aria-hidden="true" />}
            aria-label={t('removeChoice', { step, choice: at + 2 })}
            onClick={() => setOr(or.toSpliced(at, 1))}
          />
          {at === or.length - 1 && (
            <Button
              type="text"
              size="small"
              className="funnel-or"
              onClick={() => setOr([...or, { event: '' }])}
            >
              {t('addChoice')}
            </Button>
          )}
        </span>
      ))}
    </>
  )
}
