import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '#ui/i18n.ts'
import {
  type CircleEvent,
  type CompanyLeaf,
  type CompanyTest,
  type HouseholdLeaf,
  type HouseholdTest,
  householdRoles,
  numberOperators,
} from '../contract.ts'
import { EventPicker } from './EventLine.tsx'
import { useRuleCatalogue } from './rule-catalogue.ts'
import { ruleWords } from './rule-words.ts'
import { type LineProps, NotWord } from './SimpleLines.tsx'
import { TestInput } from './TestInput.tsx'
import { WhereList } from './WhereList.tsx'
import { WindowInput } from './WindowInput.tsx'

/** "Belongs to a company where industry is Education, with ≥ 5 people, of whom somebody did Order Completed". */
export function CompanyLine({ leaf, negated, onChange, onNegate }: LineProps<CompanyLeaf>) {
  const t = useWords(ruleWords)
  const { companyAttributes } = useRuleCatalogue()
  const test = leaf.company
  const set = (change: Partial<CompanyTest>) => onChange({ company: without({ ...test, ...change }) })
  return (
    <>
      <NotWord words={[t('inCompany'), t('notInCompany')]} negated={negated} onNegate={onNegate} />
      <WhereList
        event=""
        properties={companyAttributes}
        where={test.where ?? []}
        onChange={(where) => set({ where: where.length > 0 ? where : undefined })}
      />
      {test.title && (
        <Part word={t('circle.title')} label={t('circle.noTitle')} onRemove={() => set({ title: undefined })}>
          <TestInput test={test.title} type="text" onChange={(title) => set({ title })} />
        </Part>
      )}
      <Shared test={test} set={set} />
      <span className="rule-where-add">
        {!test.title && (
          <Add text={t('circle.addTitle')} onAdd={() => set({ title: { op: 'contains', value: '' } })} />
        )}
        <AddShared test={test} set={set} />
      </span>
    </>
  )
}

/** "In a household as student, of whom somebody did Lesson Attended". */
export function HouseholdLine({ leaf, negated, onChange, onNegate }: LineProps<HouseholdLeaf>) {
  const t = useWords(ruleWords)
  const test = leaf.household
  const set = (change: Partial<HouseholdTest>) => onChange({ household: without({ ...test, ...change }) })
  const anyRole = 'any'
  return (
    <>
      <NotWord words={[t('inHousehold'), t('notInHousehold')]} negated={negated} onNegate={onNegate} />
      <Select
        className="rule-pick"
        variant="filled"
        size="small"
        aria-label={t('circle.role')}
        value={test.role ?? anyRole}
        options={[anyRole, ...householdRoles].map((value) => ({
          value,
          label: t(`circle.role.${value as 'any' | (typeof householdRoles)[number]}`),
        }))}
        onChange={(value) => set({ role: householdRoles.find((role) => role === value) })}
        popupMatchSelectWidth={false}
      />
      <Shared test={test} set={set} />
      <span className="rule-where-add">
        <AddShared test={test} set={set} />
      </span>
    </>
  )
}

type SharedTest = Pick<CompanyTest, 'people' | 'did'>
type SharedProps = { test: SharedTest; set: (change: SharedTest) => void }

function Shared({ test, set }: SharedProps) {
  const t = useWords(ruleWords)
  const { people, did } = test
  return (
    <>
      {people && (
        <Part
          word={t('circle.people')}
          label={t('circle.noPeople')}
          onRemove={() => set({ people: undefined })}
        >
          <TestInput
            test={people}
            type="number"
            operators={numberOperators}
            onChange={(next) => set({ people: next })}
          />
        </Part>
      )}
      {did && (
        <Part word={t('circle.did')} label={t('circle.noDid')} onRemove={() => set({ did: undefined })}>
          <Did did={did} onChange={(next) => set({ did: next })} />
        </Part>
      )}
    </>
  )
}

function AddShared({ test, set }: SharedProps) {
  const t = useWords(ruleWords)
  return (
    <>
      {!test.people && (
        <Add text={t('circle.addPeople')} onAdd={() => set({ people: { op: 'gte', value: 2 } })} />
      )}
      {!test.did && (
        <Add
          text={t('circle.addDid')}
          onAdd={() => set({ did: { event: '', within: { last: 30, unit: 'day' } } })}
        />
      )}
    </>
  )
}

/** What its people did together: how often, when, with which properties. */
function Did({ did, onChange }: { did: CircleEvent; onChange: (did: CircleEvent) => void }) {
  const t = useWords(ruleWords)
  const set = (change: Partial<CircleEvent>) => onChange(without({ ...did, ...change }))
  return (
    <>
      <EventPicker value={did.event} onChange={(event) => set({ event })} />
      <Select
        className="rule-pick"
        variant="filled"
        size="small"
        aria-label={t('measure')}
        value={did.count ? 'count' : 'once'}
        options={(['once', 'count'] as const).map((value) => ({ value, label: t(`measure.${value}`) }))}
        onChange={(value) => set({ count: value === 'count' ? { op: 'gte', value: 2 } : undefined })}
        popupMatchSelectWidth={false}
      />
      {did.count && (
        <>
          <TestInput
            test={did.count}
            type="number"
            operators={numberOperators}
            onChange={(count) => set({ count })}
          />
          <span className="rule-word">{t('times')}</span>
        </>
      )}
      <WindowInput within={did.within} onChange={(within) => set({ within })} />
      <WhereList
        event={did.event}
        where={did.where ?? []}
        onChange={(where) => set({ where: where.length > 0 ? where : undefined })}
      />
    </>
  )
}

type PartProps = { word: string; label: string; onRemove: () => void; children: ReactNode }

function Part({ word, label, onRemove, children }: PartProps) {
  return (
    <span className="rule-where">
      <span className="rule-word">{word}</span>
      {children}
      <Button
        type="text"
        size="small"
        className="rule-x"
        icon={<CloseOutlined aria-hidden="true" />}
        aria-label={label}
        onClick={onRemove}
      />
    </span>
  )
}

function Add({ text, onAdd }: { text: string; onAdd: () => void }) {
  return (
    <Button
      type="text"
      size="small"
      className="rule-quiet"
      icon={<PlusOutlined aria-hidden="true" />}
      onClick={onAdd}
    >
      {text}
    </Button>
  )
}

/** A part that was taken out is not there, rather than undefined: a rule is compared and kept as JSON. */
const without = <T extends object>(test: T): T =>
  Object.fromEntries(Object.entries(test).filter(([, value]) => value !== undefined)) as T
