import { Select, TreeSelect } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { OwnerLeaf, OwnerTest } from '../contract.ts'
import { useRuleCatalogue } from './rule-catalogue.ts'
import { ruleWords } from './rule-words.ts'
import { type LineProps, NotWord } from './SimpleLines.tsx'

const kinds = ['me', 'in', 'departments', 'nobody'] as const
type Kind = (typeof kinds)[number]

const blank: Record<Kind, OwnerTest> = {
  me: { me: true },
  in: { in: [] },
  departments: { departments: [] },
  nobody: { nobody: true },
}
const kindOf = (test: OwnerTest): Kind => kinds.find((kind) => kind in test) ?? 'me'

/** "Owner is in department East". */
export function OwnerLine({ leaf, negated, onChange, onNegate }: LineProps<OwnerLeaf>) {
  const t = useWords(ruleWords)
  const { owner } = leaf
  const set = (next: OwnerTest) => onChange({ owner: next })
  return (
    <>
      <span className="rule-word">{t('owner')}</span>
      <NotWord words={[t('owner.is'), t('owner.isNot')]} negated={negated} onNegate={onNegate} />
      <Select
        className="rule-pick"
        variant="filled"
        size="small"
        aria-label={t('owner.kind')}
        value={kindOf(owner)}
        options={kinds.map((value) => ({ value, label: t(`owner.${value}`) }))}
        onChange={(kind) => set(blank[kind])}
        popupMatchSelectWidth={false}
      />
      {'in' in owner && <MembersInput value={owner.in} onChange={(ids) => set({ in: ids })} />}
      {'departments' in owner && (
        <DepartmentsInput value={owner.departments} onChange={(ids) => set({ departments: ids })} />
      )}
    </>
  )
}

type InputProps = { value: string[]; onChange: (ids: string[]) => void }

function MembersInput({ value, onChange }: InputProps) {
  const t = useWords(ruleWords)
  const { owners = [], ownerName } = useRuleCatalogue()
  const known = new Set(owners.map((one) => one.id))
  // Who left, or a stranger's id out of an address, stands here all the same.
  const gone = value.filter((id) => !known.has(id)).map((id) => ({ id, name: ownerName?.(id) ?? id }))
  return (
    <Select
      mode="multiple"
      className="rule-pick rule-many"
      variant="filled"
      size="small"
      aria-label={t('owner.in')}
      placeholder={t('owner.chooseMembers')}
      status={value.length === 0 ? 'warning' : ''}
      value={value}
      options={[...gone, ...owners].map(({ id, name }) => ({ value: id, label: name }))}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={onChange}
      popupMatchSelectWidth={false}
    />
  )
}

/** Choosing one chooses those below it, each by itself: a rule names every department it means. */
function DepartmentsInput({ value, onChange }: InputProps) {
  const t = useWords(ruleWords)
  const { departments = [] } = useRuleCatalogue()
  const below = (parent: string | null): TreeNode[] =>
    departments
      .filter((one) => one.parentId === parent)
      .map(({ id, name }) => ({ value: id, title: name, children: below(id) }))
  return (
    <TreeSelect
      className="rule-pick rule-many"
      variant="filled"
      size="small"
      aria-label={t('owner.departments')}
      placeholder={t('owner.chooseDepartments')}
      status={value.length === 0 ? 'warning' : ''}
      value={value}
      treeData={below(null)}
      treeCheckable
      showCheckedStrategy={TreeSelect.SHOW_ALL}
      treeDefaultExpandAll
      onChange={(ids: string[]) => onChange(ids)}
      popupMatchSelectWidth={false}
    />
  )
}
type TreeNode = { value: string; title: string; children: TreeNode[] }
