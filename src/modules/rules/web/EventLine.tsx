import { Select } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { type Aggregate, aggregates, type EventLeaf, numberOperators } from '../contract.ts'
import { Picker } from './Picker.tsx'
import { useRuleCatalogue } from './rule-catalogue.ts'
import { ruleWords } from './rule-words.ts'
import { type LineProps, NotWord } from './SimpleLines.tsx'
import { TestInput } from './TestInput.tsx'
import { PropertyPicker, WhereList } from './WhereList.tsx'
import { WindowInput } from './WindowInput.tsx'

type Measure = 'once' | 'count' | Aggregate

/** "Did Order Completed ≥ 2 times, in the last 30 days, where revenue ≥ 100". */
export function EventLine({ leaf, negated, onChange, onNegate }: LineProps<EventLeaf>) {
  const t = useWords(ruleWords)
  const where = leaf.where ?? []
  const setWhere = (next: EventLeaf['where']) => {
    const { where: _gone, ...rest } = leaf
    onChange(next?.length ? { ...rest, where: next } : rest)
  }
  return (
    <>
      <NotWord words={[t('did'), t('didNot')]} negated={negated} label={t('didLabel')} onNegate={onNegate} />
      <EventPicker value={leaf.event} onChange={(event) => onChange({ ...leaf, event })} />
      <MeasureInput leaf={leaf} onChange={onChange} />
      <WindowInput
        within={leaf.within}
        onChange={(within) => {
          const { within: _gone, ...rest } = leaf
          onChange(within ? { ...rest, within } : rest)
        }}
      />
      <WhereList event={leaf.event} where={where} onChange={setWhere} />
    </>
  )
}

export function EventPicker({ value, onChange }: { value: string; onChange: (event: string) => void }) {
  const t = useWords(ruleWords)
  const { language } = useDisplay()
  const { events, loading, titles } = useRuleCatalogue()
  const choices = events.map((event) => ({
    value: event.name,
    label: event.label ?? event.name,
    search: event.alias ?? '',
    title: event.name,
    hint: event.count === undefined ? undefined : shortNumber(event.count, language),
  }))
  return (
    <Picker
      label={t('event')}
      placeholder={t('chooseEvent')}
      value={value}
      choices={choices}
      labelOf={titles?.event}
      loading={loading}
      onChange={onChange}
    />
  )
}

function MeasureInput({ leaf, onChange }: { leaf: EventLeaf; onChange: (leaf: EventLeaf) => void }) {
  const t = useWords(ruleWords)
  const measure: Measure = leaf.agg ? leaf.agg.fn : leaf.count ? 'count' : 'once'
  const { type, examples } = usePropertyOf(leaf)
  const choose = (next: Measure) => {
    const { count, agg, ...rest } = leaf
    if (next === 'once') onChange(rest)
    else if (next === 'count') onChange({ ...rest, count: count ?? { op: 'gte', value: 2 } })
    else onChange({ ...rest, agg: { op: 'gte', prop: '', ...agg, fn: next } })
  }
  const options = (['once', 'count', ...aggregates] as const).map((value) => ({
    value,
    label: t(`measure.${value}`),
  }))
  return (
    <>
      <Select
        className="rule-pick"
        variant="filled"
        size="small"
        aria-label={t('measure')}
        value={measure}
        options={options}
        onChange={choose}
        popupMatchSelectWidth={false}
      />
      {leaf.count && (
        <>
          <TestInput
            test={leaf.count}
            type="number"
            operators={numberOperators}
            onChange={(count) => onChange({ ...leaf, count })}
          />
          <span className="rule-word">{t('times')}</span>
        </>
      )}
      {leaf.agg && (
        <>
          <PropertyPicker
            event={leaf.event}
            value={leaf.agg.prop}
            onChange={(prop) => leaf.agg && onChange({ ...leaf, agg: { ...leaf.agg, prop } })}
          />
          <TestInput
            test={leaf.agg}
            type={type}
            examples={examples}
            {...(type === 'number' ? { operators: numberOperators } : {})}
            onChange={(agg) => onChange({ ...leaf, agg })}
          />
        </>
      )}
    </>
  )
}

/** Sums and counts are numbers; a first or last value has the property's own type. */
function usePropertyOf(leaf: EventLeaf) {
  const properties = useRuleCatalogue().useProperties(leaf.agg ? leaf.event : '')
  const { agg } = leaf
  if (!agg || (agg.fn !== 'first' && agg.fn !== 'last')) return { type: 'number' as const, examples: [] }
  const known = properties.find((property) => property.path === agg.prop)
  return { type: known?.type, examples: known?.examples ?? [] }
}
