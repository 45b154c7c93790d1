import { Select } from 'antd'
import { useRuleCatalogue } from '#modules/rules/web/rule-catalogue.ts'
import { useWords } from '#ui/i18n.ts'
import { questionLimits } from '../../contract/question.ts'
import { analyticsWords } from '../analytics-words.ts'
import type { PartProps } from '../kind-view.ts'

type Props = PartProps & {
  /** Whose properties are offered; null: only attributes of people. Left out: the first event of the question. */
  of?: string | null
}

/** By properties of the event, or by attributes of people as they are now. */
export function BreakdownPicker({ state, onChange, of }: Props) {
  const t = useWords(analyticsWords)
  const catalogue = useRuleCatalogue()
  const first = of ?? state.events?.find(({ event }) => event)?.event ?? ''
  const properties = catalogue.useProperties(first)
  const asked = (state.breakdown ?? []).filter(
    (by) => of !== null || (typeof by === 'object' && 'attr' in by),
  )
  const chosen = asked.map((by) =>
    typeof by === 'string' ? `prop:${by}` : 'prop' in by ? `prop:${by.prop}` : `attr:${by.attr}`,
  )
  // Gone from the catalogue since: still called by its name.
  const known = new Set([
    ...properties.map(({ path }) => `prop:${path}`),
    ...catalogue.attributes.map(({ name }) => `attr:${name}`),
  ])
  const gone = chosen.filter((one) => !known.has(one))
  const options = [
    ...gone.map((value) => ({ value, label: value.slice(5) })),
    ...(of === null
      ? []
      : [
          {
            label: t('ofEvent'),
            options: properties.map(({ path, label }) => ({ value: `prop:${path}`, label: label ?? path })),
          },
        ]),
    {
      label: t('ofPerson'),
      options: catalogue.attributes
        .filter((one) => !one.wholeOnly && one.type !== 'object')
        .map(({ name, label }) => ({ value: `attr:${name}`, label: label ?? name })),
    },
  ]
  return (
    <Select
      mode="multiple"
      className="analytics-breakdown"
      aria-label={t('breakdown')}
      placeholder={t('breakdown')}
      maxCount={questionLimits.breakdowns}
      showSearch={{ optionFilterProp: 'label' }}
      value={chosen}
      options={options}
      popupMatchSelectWidth={false}
      onChange={(next: string[]) =>
        onChange({
          breakdown:
            next.length === 0
              ? undefined
              : next.map((one) => (one.startsWith('attr:') ? { attr: one.slice(5) } : one.slice(5))),
        })
      }
    />
  )
}
