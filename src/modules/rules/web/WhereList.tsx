import { CloseOutlined, FilterOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { PropTest, Where } from '../contract.ts'
import { asGroup, blankTest, fromGroup, replaceWhere, type WhereGroup } from './edit-where.ts'
import { Picker } from './Picker.tsx'
import { useRuleCatalogue } from './rule-catalogue.ts'
import { ruleWords } from './rule-words.ts'
import { TestInput } from './TestInput.tsx'

type Properties = ReturnType<ReturnType<typeof useRuleCatalogue>['useProperties']>
type Props = {
  event: string
  /** What can be restricted, where it is not the properties of an event. */
  properties?: Properties
  where: Where[]
  onChange: (where: Where[]) => void
}

const kinds = ['all', 'any', 'none', 'notAll'] as const
/** Deeper nesting can be shown, but not added to. */
const deepestGroup = 3

/** "where revenue ≥ 100 and any of: currency is CNY, coupon exists": restrictions on the event's properties. */
export function WhereList({ event, properties: given, where, onChange }: Props) {
  const ofEvent = useRuleCatalogue().useProperties(event)
  const properties = given ?? ofEvent
  return (
    <>
      <WhereTests tests={where} kind="all" depth={0} properties={properties} onChange={onChange} />
      <AddWhere depth={0} hasSome={where.length > 0} onAdd={(next) => onChange([...where, next])} />
    </>
  )
}

type TestsProps = {
  tests: Where[]
  kind: WhereGroup['kind']
  depth: number
  properties: Properties
  onChange: (tests: Where[]) => void
}

function WhereTests({ tests, kind, depth, properties, onChange }: TestsProps) {
  const t = useWords(ruleWords)
  const joint = kind === 'any' || kind === 'none' ? t('or') : t('and')
  return tests.map((test, i) => {
    const set = (next: Where | undefined) => onChange(replaceWhere(tests, i, next))
    const group = asGroup(test)
    const first = depth === 0 ? t('where') : ''
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: tests have no identity but their place
      <span key={i} className={group ? 'rule-where rule-where-block' : 'rule-where'}>
        {(i > 0 || first !== '') && <span className="rule-word">{i === 0 ? first : joint}</span>}
        {'prop' in test ? (
          <PropLine test={test} properties={properties} onChange={set} />
        ) : (
          group && <WhereGroupLine group={group} depth={depth + 1} properties={properties} onChange={set} />
        )}
        <Button
          type="text"
          size="small"
          className="rule-x"
          icon={<CloseOutlined aria-hidden="true" />}
          aria-label={group ? t('removeWhereGroup') : t('removeWhere')}
          onClick={() => set(undefined)}
        />
      </span>
    )
  })
}

type GroupProps = {
  group: WhereGroup
  depth: number
  properties: Properties
  onChange: (where: Where) => void
}

/** "any of: …", with a left border like the groups of the rule itself. */
function WhereGroupLine({ group, depth, properties, onChange }: GroupProps) {
  const t = useWords(ruleWords)
  const { kind, tests } = group
  const setTests = (next: Where[]) => onChange(fromGroup({ kind, tests: next }))
  return (
    <fieldset className="rule-where-group">
      <legend className="hw-sr">{t('whereGroupLabel')}</legend>
      <Select
        className="rule-kind"
        variant="filled"
        size="small"
        aria-label={t('whereGroupLabel')}
        value={kind}
        options={kinds.map((value) => ({ value, label: t(`group.${value}`) }))}
        onChange={(next) => onChange(fromGroup({ kind: next, tests }))}
        popupMatchSelectWidth={false}
      />
      <WhereTests tests={tests} kind={kind} depth={depth} properties={properties} onChange={setTests} />
      <AddWhere depth={depth} hasSome onAdd={(next) => setTests([...tests, next])} />
    </fieldset>
  )
}

type AddProps = { depth: number; hasSome: boolean; onAdd: (where: Where) => void }

/** One more test, and once there is one, a group of them. */
function AddWhere({ depth, hasSome, onAdd }: AddProps) {
  const t = useWords(ruleWords)
  return (
    <span className="rule-where-add">
      <Button
        type="text"
        size="small"
        className="rule-quiet"
        icon={<FilterOutlined aria-hidden="true" />}
        onClick={() => onAdd(blankTest)}
      >
        {t('addWhere')}
      </Button>
      {hasSome && depth < deepestGroup && (
        <Button
          type="text"
          size="small"
          className="rule-quiet"
          onClick={() => onAdd({ any: [blankTest, blankTest] })}
        >
          {t('addWhereGroup')}
        </Button>
      )}
    </span>
  )
}

type PropProps = {
  test: PropTest
  properties: Properties
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
  properties?: Properties
  value: string
  onChange: (path: string) => void
}

export function PropertyPicker({ event, properties, value, onChange }: PickProps) {
  const t = useWords(ruleWords)
  const loaded = useRuleCatalogue().useProperties(event)
  const choices = (properties ?? loaded).map((property) => ({
    value: property.path,
    label: property.label ?? property.path,
    search: `${property.path} ${property.alias ?? ''}`,
    title: property.path,
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
