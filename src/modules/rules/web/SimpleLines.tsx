import { Select } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { AttrLeaf, ListLeaf, Operator, SegmentLeaf, TagLeaf } from '../contract.ts'
import { operatorsForAttribute } from './operators-for.ts'
import { Picker } from './Picker.tsx'
import { useRuleCatalogue, type ValueType } from './rule-catalogue.ts'
import { ruleWords } from './rule-words.ts'
import { isChoice, TestInput } from './TestInput.tsx'

export type LineProps<L> = { leaf: L; negated: boolean; onChange: (leaf: L) => void; onNegate: () => void }

/** "Attribute city is Beijing". */
export function AttributeLine({ leaf, negated, onChange, onNegate }: LineProps<AttrLeaf>) {
  const t = useWords(ruleWords)
  const { language } = useDisplay()
  const { attributes, loading } = useRuleCatalogue()
  const known = attributes.find((attribute) => attribute.name === leaf.attr)
  const choices = attributes.map((attribute) => ({
    value: attribute.name,
    label: attribute.label ?? attribute.name,
    search: `${attribute.name} ${attribute.alias ?? ''}`,
    title: attribute.description,
    ...(attribute.group ? { group: attribute.group } : {}),
    hint: t('people', { count: shortNumber(attribute.people, language) }),
  }))
  const choose = (attr: string) =>
    onChange({ attr, op: firstOperator(attributes.find((a) => a.name === attr)?.type) })
  return (
    <>
      <span className="rule-word">{t('attribute')}</span>
      <Picker
        label={t('attribute')}
        placeholder={t('chooseAttribute')}
        value={leaf.attr}
        choices={choices}
        loading={loading}
        onChange={choose}
      />
      {negated && <NotWord words={[t('is'), t('isNot')]} onNegate={onNegate} />}
      <TestInput
        test={leaf}
        type={known?.type}
        examples={known?.wholeOnly ? [] : (known?.examples ?? [])}
        options={known?.options ?? []}
        operators={known?.wholeOnly ? wholeOperators : operatorsForAttribute(known?.type, leaf.op)}
        onChange={onChange}
      />
    </>
  )
}

/** What may be asked of a value one sees masked. */
const wholeOperators: Operator[] = ['eq', 'ne', 'in', 'not_in', 'exists', 'not_exists']

const firstOperator = (type: ValueType | undefined) =>
  type === 'number' || type === 'date' ? 'gte' : type === 'list' ? 'contains' : isChoice(type) ? 'in' : 'eq'

/** A word that also is the switch to its opposite. */
export function NotWord({
  words,
  negated = true,
  label,
  onNegate,
}: {
  words: [string, string]
  negated?: boolean
  label?: string
  onNegate: () => void
}) {
  const options = words.map((word, i) => ({ value: i, label: word }))
  const value = negated ? 1 : 0
  return (
    <Select
      className={`rule-pick rule-not${negated ? ' rule-negated' : ''}`}
      variant="filled"
      size="small"
      aria-label={label ?? words.join(' / ')}
      value={value}
      options={options}
      onChange={(next) => next !== value && onNegate()}
      popupMatchSelectWidth={false}
    />
  )
}

export function TagLine({ leaf, negated, onChange, onNegate }: LineProps<TagLeaf>) {
  const t = useWords(ruleWords)
  const { language } = useDisplay()
  const { tags, loading } = useRuleCatalogue()
  const choices = tags.map((tag) => ({
    value: tag.name,
    label: tag.name,
    search: tag.parent ?? '',
    hint: `${tag.parent ? `${tag.parent} · ` : ''}${t('people', { count: shortNumber(tag.people, language) })}`,
  }))
  return (
    <>
      <NotWord words={[t('tagHas'), t('tagHasNot')]} negated={negated} onNegate={onNegate} />
      <Picker
        label={t('tag')}
        placeholder={t('chooseTag')}
        value={leaf.tag}
        choices={choices}
        loading={loading}
        onChange={(tag) => onChange({ tag })}
      />
    </>
  )
}

export function SegmentLine({ leaf, negated, onChange, onNegate }: LineProps<SegmentLeaf>) {
  const t = useWords(ruleWords)
  const { language } = useDisplay()
  const { segments, loading } = useRuleCatalogue()
  const choices = segments.map((segment) => ({
    value: segment.id,
    label: segment.name,
    hint: segment.size === null ? undefined : t('people', { count: shortNumber(segment.size, language) }),
  }))
  return (
    <>
      <NotWord words={[t('inSegment'), t('notInSegment')]} negated={negated} onNegate={onNegate} />
      <Picker
        label={t('segment')}
        placeholder={t('chooseSegment')}
        value={leaf.segment}
        choices={choices}
        loading={loading}
        onChange={(segment) => onChange({ segment })}
      />
    </>
  )
}

/** A list or snapshot named by itself: shown as it is, because it comes from a link and not from a picker. */
export function ListLine({ leaf, negated, onNegate }: LineProps<ListLeaf>) {
  const t = useWords(ruleWords)
  const { lists = [] } = useRuleCatalogue()
  const isSnapshot = leaf.list.startsWith('snp_')
  const words: [string, string] = isSnapshot
    ? [t('inSnapshot'), t('notInSnapshot')]
    : [t('onList'), t('notOnList')]
  return (
    <>
      <NotWord words={words} negated={negated} onNegate={onNegate} />
      {!isSnapshot && (
        <span className="rule-word">{lists.find((one) => one.id === leaf.list)?.name ?? leaf.list}</span>
      )}
    </>
  )
}
