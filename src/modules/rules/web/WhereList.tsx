import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { PropTest, Where } from '../contract.ts'
import { Picker } from './Picker.tsx'
import { useRuleCatalogue } from './rule-catalogue.ts'
import { ruleWords } from './rule-words.ts'
import { TestInput } from './TestInput.tsx'

type Props = { event: string; where: Where[]; onChange: (where: Where[]) => void }

/** "where revenue ≥ 100 and currency is CNY": restrictions on the event's properties. */
export function WhereList({ event, where, onChange }: Props) {
  const t = useWords(ruleWords)
  const properties = useRuleCatalogue().useProperties(event)
  return (
    <>
      {where.map((test, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tests have no identity but their place
        <span key={i} className="rule-where">
          <span className="rule-word">{i === 0 ? t('where') : t('and')}</span>
          {'prop' in test ? (
            <PropLine
              test={test}
              properties={properties}
              onChange={(next) => onChange(where.with(i, next))}
            />
          ) : (
            <span className="hw-fine">{t('nestedWhere')}</span>
          )}
          <Button
            type="text"
            size="small"
            className="rule-x"
            icon={<CloseOutlined aria-hidden="true" />}
            aria-label={t('removeWhere')}
            onClick={() => onChange(where.toSpliced(i, 1))}
          />
        </span>
      ))}
    </>
  )
}

type PropProps = {
  test: PropTest
  properties: ReturnType<ReturnType<typeof useRuleCatalogue>['useProperties']>
  onChange: (test: PropTest) => void
}

function PropLine({ test, properties, onChange }: PropProps) {
  const t = useWords(ruleWords)
  const known = properties.find((property) => property.path === test.prop)
  const choose = (prop: string) =>
    onChange({ prop, op: operatorFor(properties.find((p) => p.path === prop)?.type) })
  return (
    <>
      <PropertyPicker event="" properties={properties} value={test.prop} onChange={choose} />
      <TestInput test={test} type={known?.type} examples={known?.examples ?? []} onChange={onChange} />
      <span className="hw-sr">{t('property')}</span>
    </>
  )
}

const operatorFor = (type: string | undefined) =>
  type === 'number' ? 'gte' : type === 'list' ? 'contains' : 'eq'

type PickProps = {
  event: string
  properties?: { path: string; type: string; examples: string[] }[]
  value: string
  onChange: (path: string) => void
}

export function PropertyPicker({ event, properties, value, onChange }: PickProps) {
  const t = useWords(ruleWords)
  const loaded = useRuleCatalogue().useProperties(event)
  const choices = (properties ?? loaded).map((property) => ({
    value: property.path,
    label: property.path,
    hint: property.examples.slice(0, 2).join(t('short.list')),
  }))
  return (
    <Picker
      label={t('property')}
      placeholder={t('chooseProperty')}
      value={value}
      choices={choices}
      onChange={onChange}
    />
  )
}
