import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import type { Where } from '#modules/rules/contract.ts'
import { Picker } from '#modules/rules/web/Picker.tsx'
import { useRuleCatalogue } from '#modules/rules/web/rule-catalogue.ts'
import { PropertyPicker, WhereList } from '#modules/rules/web/WhereList.tsx'
import { useDisplay } from '#ui/display.tsx'
import { shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { isPropMath, TrendMath } from '../../contract/trend.ts'
import { analyticsWords } from '../analytics-words.ts'
import type { KindView, PartProps } from '../kind-view.ts'
import type { StateEvent } from '../question-state.ts'
import '#modules/rules/web/rule-editor.css'

export const blank: StateEvent = { event: '' }
const letter = (at: number) => String.fromCharCode(65 + at)

/** The events asked about, each with its conditions; named by letters where formulas and funnels speak of them. */
export function EventLines({ view, state, onChange }: PartProps & { view: KindView }) {
  const t = useWords(analyticsWords)
  const events = state.events?.length ? state.events : [blank]
  const shown = events.slice(0, view.uses.mostEvents)
  if (view.uses.mostEvents === 0) return null
  const set = (at: number, next: StateEvent | undefined) =>
    onChange({ events: events.toSpliced(at, 1, ...(next ? [next] : [])) })
  return (
    <ol className="analytics-events">
      {shown.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: events have no identity but their place
        <li key={at} className="analytics-event">
          <span className="analytics-letter" aria-hidden="true">
            {letter(at)}
          </span>
          <span className="rule-sentence">
            <EventLine event={one} maths={view.uses.maths} onChange={(next) => set(at, next)} />
          </span>
          {events.length > 1 && (
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined aria-hidden="true" />}
              aria-label={t('removeEvent', { letter: letter(at) })}
              onClick={() => set(at, undefined)}
            />
          )}
        </li>
      ))}
      {shown.length < view.uses.mostEvents && (
        <li>
          <Button
            type="text"
            size="small"
            icon={<PlusOutlined aria-hidden="true" />}
            onClick={() => onChange({ events: [...events, blank] })}
          >
            {t('addEvent')}
          </Button>
        </li>
      )}
    </ol>
  )
}

type LineProps = { event: StateEvent; maths: boolean; onChange: (event: StateEvent) => void }

/** One event with its conditions. */
export function EventLine({ event, maths, onChange }: LineProps) {
  const setWhere = (where: Where[]) => {
    const { where: _gone, ...rest } = event
    onChange(where.length > 0 ? { ...rest, where } : rest)
  }
  return (
    <>
      <EventPicker value={event.event} onChange={(name) => onChange({ ...event, event: name })} />
      {maths && <MathInput event={event} onChange={onChange} />}
      <WhereList event={event.event ?? ''} where={event.where ?? []} onChange={setWhere} />
    </>
  )
}

const anything = '\u0000any'

/** An event by its name, or anything somebody did. */
export function EventPicker({
  value,
  onChange,
}: {
  value: string | null
  onChange: (event: string | null) => void
}) {
  const t = useWords(analyticsWords)
  const { language } = useDisplay()
  const { events, loading, titles } = useRuleCatalogue()
  return (
    <Picker
      label={t('event')}
      placeholder={t('chooseEvent')}
      value={value ?? anything}
      loading={loading}
      labelOf={(name) => (name === anything ? t('anyEvent') : (titles?.event(name) ?? name))}
      choices={[
        { value: anything, label: t('anyEvent') },
        ...events.map(({ name, label, alias, count }) => ({
          value: name,
          label: label ?? name,
          search: alias ?? '',
          title: name,
          hint: count === undefined ? undefined : shortNumber(count, language),
        })),
      ]}
      onChange={(next) => onChange(next === anything ? null : next)}
    />
  )
}

function MathInput({ event, onChange }: Omit<LineProps, 'maths'>) {
  const t = useWords(analyticsWords)
  const math = event.math ?? 'count'
  return (
    <>
      <Select
        className="rule-pick"
        variant="filled"
        size="small"
        aria-label={t('math')}
        value={math}
        options={TrendMath.options.map((value) => ({ value, label: t(`math.${value}`) }))}
        onChange={(next) => onChange({ ...event, math: next })}
        popupMatchSelectWidth={false}
      />
      {isPropMath(math) && (
        <>
          <span className="rule-word">{t('of')}</span>
          <PropertyPicker
            event={event.event ?? ''}
            value={event.prop ?? ''}
            onChange={(prop) => onChange({ ...event, prop })}
          />
        </>
      )}
    </>
  )
}
