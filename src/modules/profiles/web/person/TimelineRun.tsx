import { CaretDownOutlined, CaretRightOutlined, LinkOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, money } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { JsonView } from '#ui/JsonView.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { callRoute } from '#web/api-client.ts'
import { useEventTitles } from '#web/use-event-titles.ts'
import { routes, type TimelineItem } from '../../contract.ts'
import { attributeTitle } from '../attribute-words.ts'
import { personWords } from '../person-words.ts'
import { Eye } from '../reveal/Eye.tsx'
import { revealWords } from '../reveal/reveal-words.ts'
import { timelineWords } from '../timeline-words.ts'
import { glance, type Run, sharedSubject } from './group-timeline.ts'
import { kindText } from './identifier-text.ts'
import { sayBy, sayEntry } from './timeline-text.ts'

type Props = {
  person: string
  run: Run
  open: boolean
  onToggle: () => void
  hasFocus: boolean
  linked: string | undefined
}

/** One line: when, what, how often, the properties worth a glance; opened, every occurrence in full. */
export function TimelineRun({ person, run, open, onToggle, hasFocus, linked }: Props) {
  const p = useWords(personWords)
  const t = useWords(timelineWords)
  const titles = useEventTitles()
  const { last, first, items } = run
  const line = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (hasFocus) line.current?.focus({ preventScroll: true })
  }, [hasFocus])
  const minutes = Math.round((Date.parse(last.time) - Date.parse(first.time)) / 60_000)
  const subject = sharedSubject(run)
  const isLinked = linked !== undefined && items.some((item) => item.at === linked)
  return (
    <div
      className={`timeline-run timeline-group-${last.group ?? 'behaviour'} timeline-${last.type.replace('.', '-')}${isLinked ? ' timeline-linked' : ''}`}
    >
      <button type="button" ref={line} className="timeline-line" aria-expanded={open} onClick={onToggle}>
        <span className="timeline-time">
          <TimeText value={last.time} as="clock" />
        </span>
        <span className="timeline-dot" aria-hidden="true" />
        <span className="timeline-what">
          <span className="timeline-name" title={last.type === 'event' ? last.name : undefined}>
            {sayEntry(t, last, attributeTitle, titles.event)}
          </span>
          {subject && (
            <span className="timeline-subject hw-clip">{t('subject', { name: subject.text })}</span>
          )}
          {items.length > 1 && (
            <span className="timeline-times hw-number">
              {p('times', { count: items.length })}
              {minutes > 0 && ` · ${p('spanMinutes', { count: minutes })}`}
            </span>
          )}
          {last.type === 'event' ? (
            <Glance item={last} without={subject?.text} />
          ) : (
            <span className="hw-fine hw-clip">{sayBy(t, last)}</span>
          )}
        </span>
        <span className="timeline-fold" aria-hidden="true">
          {open ? <CaretDownOutlined aria-hidden="true" /> : <CaretRightOutlined aria-hidden="true" />}
        </span>
      </button>
      {open &&
        (items.length === 1 ? (
          <Occurrence person={person} item={last} />
        ) : (
          items.map((item) => <FoldedOccurrence key={item.id} person={person} item={item} linked={linked} />)
        ))}
    </div>
  )
}

function Glance({ item, without }: { item: TimelineItem; without?: string | undefined }) {
  const { language } = useDisplay()
  const titles = useEventTitles()
  const amount = item.group === 'sales' ? amountOf(item.properties) : undefined
  const shown = glance(item.properties, 3, without).filter(
    ([key]) => !amount || (key !== amount.key && key !== 'currency'),
  )
  if (shown.length === 0 && !amount) return null
  return (
    <span className="timeline-glance hw-clip">
      {amount && (
        <span>
          <strong className="hw-number">{money(amount.value, amount.currency, language)}</strong>
        </span>
      )}
      {shown.map(([key, value]) => (
        <span key={key}>
          <span className="timeline-key" title={key}>
            {titles.property(item.name, key)}
          </span>{' '}
          {typeof value === 'number' ? exactNumber(value, language) : value}
        </span>
      ))}
    </span>
  )
}

/** What a sale says of itself, in the currency it names. */
function amountOf(properties: Record<string, unknown>) {
  const { currency } = properties
  const key = ['revenue', 'total'].find((name) => Number.isFinite(Number(properties[name] ?? Number.NaN)))
  if (key === undefined || typeof currency !== 'string') return undefined
  return { key, value: Number(properties[key]), currency }
}

function FoldedOccurrence({ person, item, linked }: Told & { linked: string | undefined }) {
  const [open, setOpen] = useState(item.at !== undefined && item.at === linked)
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
      {open && <Occurrence person={person} item={item} />}
    </div>
  )
}

type Told = { person: string; item: TimelineItem }

function Occurrence({ person, item: known }: Told) {
  const { item, eye } = useRevealedEntry(person, known)
  const p = useWords(personWords)
  const t = useWords(timelineWords)
  const { segment } = item.properties
  const isCall = item.receivedAt !== undefined
  return (
    <div className="timeline-detail">
      <div className="timeline-about">
        <p className="hw-fine">
          {p('occurred')} <TimeText value={item.time} as="full" />
          {item.receivedAt && (
            <>
              {' · '}
              {p('received')} <TimeText value={item.receivedAt} as="seconds" />
            </>
          )}
          {item.identifiers &&
            item.identifiers.length > 0 &&
            ` · ${p('carried')} ${item.identifiers.map((one) => `${kindText(one.kind)} ${one.value}`).join(p('listSep'))}`}
          {!isCall && sayBy(t, item) && ` · ${sayBy(t, item)}`}
        </p>
        {eye}
        <CopyLink item={item} />
      </div>
      {item.type.startsWith('segment.') && typeof segment === 'string' && (
        <Link to="/segments/$id" params={{ id: segment }}>
          {t('openSegment')}
        </Link>
      )}
      {isCall &&
        (Object.keys(item.properties).length > 0 ? (
          <JsonView value={item.properties} label={p('properties')} />
        ) : (
          <p className="hw-fine">{p('noProperties')}</p>
        ))}
      {item.context && Object.keys(item.context).length > 0 && (
        <details>
          <summary className="hw-fine">{p('context')}</summary>
          <JsonView value={item.context} label={p('context')} />
        </details>
      )}
    </div>
  )
}

/** The entry, whole once somebody asked for it here; and the eye to ask with, where something in it is masked. */
function useRevealedEntry(person: string, known: TimelineItem) {
  const r = useWords(revealWords)
  const toast = useToast()
  const [whole, setWhole] = useState<TimelineItem>()
  const item = whole ?? known
  const { at, id } = item
  const reveal = async () => {
    try {
      setWhole(await callRoute(routes.revealEntry, { params: { id: person }, body: { at: at ?? '', id } }))
    } catch (error) {
      toast.failed(error)
    }
  }
  return { item, eye: item.masked && <Eye what={r('entry')} reveal={reveal} /> }
}

/** An address that opens the page at this entry. */
function CopyLink({ item }: { item: TimelineItem }) {
  const t = useWords(timelineWords)
  const toast = useToast()
  if (!item.at) return null
  const copy = async () => {
    const address = new URL(location.href)
    address.search = new URLSearchParams({ at: item.at as string }).toString()
    await navigator.clipboard.writeText(address.href)
    toast.done(t('copied'))
  }
  return (
    <Button
      size="small"
      type="text"
      icon={<LinkOutlined aria-hidden="true" />}
      aria-label={t('copyLink')}
      title={t('copyLink')}
      onClick={() => void copy().catch(toast.failed)}
    />
  )
}
