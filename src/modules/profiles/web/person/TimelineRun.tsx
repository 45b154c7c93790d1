import { CaretDownOutlined, CaretRightOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { JsonView } from '#ui/JsonView.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import type { TimelineItem } from '../../contract.ts'
import { personWords } from '../person-words.ts'
import { glance, type Run } from './group-timeline.ts'
import { kindText } from './identifier-text.ts'

/** One line: when, what, how often, the properties worth a glance; opened, every occurrence in full. */
export function TimelineRun({ run }: { run: Run }) {
  const t = useWords(personWords)
  const [open, setOpen] = useState(false)
  const { last, first, items } = run
  const minutes = Math.round((Date.parse(last.time) - Date.parse(first.time)) / 60_000)
  return (
    <li className={`timeline-run timeline-${last.type}`}>
      <button type="button" className="timeline-line" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className="timeline-time">
          <TimeText value={last.time} as="clock" />
        </span>
        <span className="timeline-dot" aria-hidden="true" />
        <span className="timeline-what">
          <span className="timeline-name">{last.type === 'event' ? last.name : t(`type.${last.type}`)}</span>
          {items.length > 1 && (
            <span className="timeline-times hw-number">
              {t('times', { count: items.length })}
              {minutes > 0 && ` · ${t('spanMinutes', { count: minutes })}`}
            </span>
          )}
          <Glance item={last} />
        </span>
        <span className="timeline-fold" aria-hidden="true">
          {open ? <CaretDownOutlined aria-hidden="true" /> : <CaretRightOutlined aria-hidden="true" />}
        </span>
      </button>
      {open &&
        (items.length === 1 ? (
          <Occurrence item={last} />
        ) : (
          items.map((item) => <FoldedOccurrence key={item.id} item={item} />)
        ))}
    </li>
  )
}

function Glance({ item }: { item: TimelineItem }) {
  const { language } = useDisplay()
  const shown = glance(item.properties)
  if (shown.length === 0) return null
  return (
    <span className="timeline-glance hw-clip">
      {shown.map(([key, value]) => (
        <span key={key}>
          <span className="timeline-key">{key}</span>{' '}
          {typeof value === 'number' ? exactNumber(value, language) : value}
        </span>
      ))}
    </span>
  )
}

function FoldedOccurrence({ item }: { item: TimelineItem }) {
  const [open, setOpen] = useState(false)
  return (
    <div className="timeline-folded">
      <button
        type="button"
        className="timeline-folded-line"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {open ? <CaretDownOutlined aria-hidden="true" /> : <CaretRightOutlined aria-hidden="true" />}
        <TimeText value={item.time} as="seconds" />
        <Glance item={item} />
      </button>
      {open && <Occurrence item={item} />}
    </div>
  )
}

function Occurrence({ item }: { item: TimelineItem }) {
  const t = useWords(personWords)
  return (
    <div className="timeline-detail">
      <p className="hw-fine">
        {t('occurred')} <TimeText value={item.time} as="full" />
        {item.receivedAt && (
          <>
            {' · '}
            {t('received')} <TimeText value={item.receivedAt} as="seconds" />
          </>
        )}
        {item.identifiers &&
          item.identifiers.length > 0 &&
          ` · ${t('carried')} ${item.identifiers.map((one) => `${kindText(one.kind)} ${one.value}`).join(t('listSep'))}`}
      </p>
      {Object.keys(item.properties).length > 0 ? (
        <JsonView value={item.properties} label={t('properties')} />
      ) : (
        <p className="hw-fine">{t('noProperties')}</p>
      )}
      {item.context && Object.keys(item.context).length > 0 && (
        <details>
          <summary className="hw-fine">{t('context')}</summary>
          <JsonView value={item.context} label={t('context')} />
        </details>
      )}
    </div>
  )
}
