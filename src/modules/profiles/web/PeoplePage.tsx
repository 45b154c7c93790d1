import { ColumnHeightOutlined, EllipsisOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import { useCallback, useMemo } from 'react'
import { ExportButton } from '#modules/exports/web/ExportButton.tsx'
import { ImportButton } from '#modules/imports/web/ImportButton.tsx'
import type { Rule } from '#modules/rules/contract.ts'
import { finishedPart } from '#modules/rules/web/finished-part.ts'
import { readRule } from '#modules/rules/web/read-rule.ts'
import { SavedViews } from '#modules/views/web/SavedViews.tsx'
import { ColumnChooser } from '#ui/ColumnChooser.tsx'
import { useDisplay } from '#ui/display.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { SearchBox } from '#ui/SearchBox.tsx'
import { Stamp } from '#ui/Stamp.tsx'
import { useShortcut } from '#ui/shortcuts.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { RuleCatalogueProvider } from '#web/RuleCatalogueProvider.tsx'
import { useCan, useMe } from '#web/session.ts'
import { usePages, useRoute } from '#web/use-route.ts'
import { type Profile, routes } from '../contract.ts'
import { SelectionBar } from './bulk/SelectionBar.tsx'
import { OwnerFilter, useOwnerQuery } from './owner/OwnerFilter.tsx'
import { SelectBox } from './owner/SelectBox.tsx'
import { type Selection, useSelection } from './owner/use-selection.ts'
import { ownerWords } from './owner-words.ts'
import { peopleRoute } from './pages.tsx'
import { PeopleFilter } from './people/PeopleFilter.tsx'
import { PeoplePicture } from './people/PeoplePicture.tsx'
import {
  ContactCell,
  defaultColumns,
  PersonCell,
  TagList,
  usePeopleColumns,
} from './people/people-columns.tsx'
import { rememberColumns, rememberedColumns } from './people/remembered-columns.ts'
import { peopleWords } from './people-words.ts'
import { RevealProvider } from './reveal/RevealProvider.tsx'
import './people.css'

export function PeoplePage() {
  return (
    <RuleCatalogueProvider>
      <RevealProvider>
        <People />
      </RevealProvider>
    </RuleCatalogueProvider>
  )
}

function People() {
  const t = useWords(peopleWords)
  const can = useCan()
  const search = peopleRoute.useSearch()
  const navigate = peopleRoute.useNavigate()
  const set = useCallback(
    (change: Partial<typeof search>) =>
      void navigate({ search: (old) => ({ ...old, ...change }), replace: true }),
    [navigate],
  )
  const rule = useRuleInAddress(search.rule)
  const sort = search.sort ?? '-lastSeen'
  const owner = useOwnerQuery(search.owner)
  const query = { search: search.q, sort, owner, rule: rule && JSON.stringify(rule) }
  const source = usePages(routes.list, { query }, { keep: true })
  const chosen = useMemo(
    () => search.columns?.split(',').filter(Boolean) ?? rememberedColumns() ?? defaultColumns,
    [search.columns],
  )
  const { columns, choices } = usePeopleColumns(chosen)
  const selection = useSelection(JSON.stringify(query))
  const maySelect =
    can('people:write') ||
    can('people:trash') ||
    can('export:read') ||
    (can('people:assign') && can('member:read'))
  const selectColumn = useSelectColumn(selection)
  const setRule = useCallback((next: Rule | undefined) => set({ rule: addressOfRule(next) }), [set])
  useShortcut('f', t('toggleFilter'), t('groupPage'), () => set({ filter: search.filter ? undefined : true }))
  const isNarrowed = Boolean(search.q || rule || owner)
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          <>
            <SavedViews list="people" keys={viewKeys} search={search} onChange={set} />
            <PeopleCount rule={rule} search={search.q} owner={owner} />
            <PeopleMore />
          </>
        }
      />
      <div className="hw-bar">
        <SearchBox value={search.q} label={t('search')} onSearch={(q) => set({ q: q || undefined })} />
        <PeopleFilter
          rule={rule}
          open={search.filter === true}
          onOpen={(filter) => set({ filter: filter || undefined })}
          onChange={setRule}
          onSave={
            can('segment:write')
              ? (draft) => void navigate({ to: '/segments/new', search: { rule: addressOfRule(draft) } })
              : undefined
          }
        />
        <OwnerFilter value={search.owner} onChange={(next) => set({ owner: next })} />
        <span className="hw-bar-grow" />
        <ColumnChooser
          choices={choices}
          chosen={chosen}
          defaults={defaultColumns}
          onChange={(ids) => {
            rememberColumns(ids)
            set({ columns: ids.join(',') })
          }}
        />
        <DensityButton
          compact={search.density === 'compact'}
          onChange={(compact) => set({ density: compact ? 'compact' : undefined })}
        />
        <ImportButton />
        <ExportButton subject={{ rule, search: search.q, owner }} />
      </div>
      {maySelect && (
        <SelectionBar
          selection={selection}
          shown={source.rows}
          question={{ rule, search: search.q, owner }}
        />
      )}
      <QueryTable
        label={t('title')}
        source={source}
        columns={maySelect ? [selectColumn, ...columns] : columns}
        rowKey={(person) => person.id}
        onOpen={(person) => void navigate({ to: '/people/$id', params: { id: person.id } })}
        rowHeight={search.density === 'compact' ? 32 : 40}
        sort={sort}
        onSort={(next) => set({ sort: next as typeof sort })}
        card={(person) => <PersonCard person={person} selection={maySelect ? selection : undefined} />}
        empty={
          isNarrowed ? (
            <NobodyMatches onClear={() => set({ q: undefined, rule: undefined, owner: undefined })} />
          ) : (
            <NobodyYet />
          )
        }
      />
      <Stamp updatedAt={source.updatedAt || undefined} exact />
    </div>
  )
}

/** What a view of this list holds. */
const viewKeys = ['q', 'sort', 'rule', 'columns', 'owner', 'density'] as const

function DensityButton({ compact, onChange }: { compact: boolean; onChange: (compact: boolean) => void }) {
  const t = useWords(peopleWords)
  return (
    <Button
      icon={<ColumnHeightOutlined aria-hidden="true" />}
      aria-label={t('compact')}
      title={t('compact')}
      aria-pressed={compact}
      type={compact ? 'primary' : 'default'}
      ghost={compact}
      onClick={() => onChange(!compact)}
    />
  )
}

/** What is seldom wanted. */
function PeopleMore() {
  const t = useWords(peopleWords)
  const can = useCan()
  if (!can('people:trash')) return null
  const items = [{ key: 'bin', label: <Link to="/people/trash">{t('bin')}</Link> }]
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button icon={<EllipsisOutlined aria-hidden="true" />} aria-label={t('moreActions')} />
    </Dropdown>
  )
}

function useSelectColumn(selection: Selection): Column<Profile> {
  const t = useWords(ownerWords)
  return {
    id: 'select',
    title: t('select'),
    width: 64,
    cell: (person) => <SelectBox person={person} selection={selection} />,
  }
}

/** Only what is finished filters; a hostile or outdated address filters nothing. */
function useRuleInAddress(inAddress: Record<string, unknown> | undefined): Rule | undefined {
  const text = inAddress && JSON.stringify(inAddress)
  return useMemo(() => {
    const read = text === undefined ? undefined : readRule(JSON.parse(text))
    const rule = read && finishedPart(read).rule
    return rule && 'all' in rule && rule.all.length === 0 ? undefined : rule
  }, [text])
}

function addressOfRule(rule: Rule | undefined): Record<string, unknown> | undefined {
  const part = rule && finishedPart(rule).rule
  return !part || ('all' in part && part.all.length === 0) ? undefined : { ...part }
}

type Question = { rule: Rule | undefined; search: string | undefined; owner: string | undefined }

function PeopleCount({ rule, search, owner }: Question) {
  const t = useWords(peopleWords)
  const { language } = useDisplay()
  const { data, isPlaceholderData } = useRoute(
    routes.count,
    { body: { rule, search, owner } },
    { keep: true },
  )
  return (
    <span className={`people-count hw-number${isPlaceholderData ? ' people-stale' : ''}`} aria-live="polite">
      {data ? t('count', { count: exactNumber(data.count, language) }) : ' '}
    </span>
  )
}

function PersonCard({ person, selection }: { person: Profile; selection: Selection | undefined }) {
  return (
    <div className="people-card">
      <div className="hw-bar">
        {selection && <SelectBox person={person} selection={selection} />}
        <PersonCell person={person} />
        <span className="hw-bar-grow" />
        <span className="hw-fine">
          <TimeText value={person.lastSeen} />
        </span>
      </div>
      <div className="hw-bar">
        <span className="hw-fine people-masked">
          <ContactCell person={person} />
        </span>
        {person.owner && <span className="hw-fine hw-clip">{person.owner.name}</span>}
        <span className="hw-bar-grow" />
        {person.tags.length > 0 && <TagList tags={person.tags} />}
      </div>
    </div>
  )
}

function NobodyMatches({ onClear }: { onClear: () => void }) {
  const t = useWords(peopleWords)
  return (
    <EmptyState
      title={t('noMatchTitle')}
      text={t('noMatchText')}
      action={<Button onClick={onClear}>{t('clearAll')}</Button>}
    />
  )
}

function NobodyYet() {
  const t = useWords(peopleWords)
  const can = useCan()
  const { seesAll } = useMe()
  // There may be thousands whom this reader's role does not show: no reason to send them to the code.
  if (!seesAll)
    return <EmptyState title={t('emptyYoursTitle')} text={t('emptyYoursText')} picture={<PeoplePicture />} />
  return (
    <EmptyState
      title={t('emptyTitle')}
      text={t('emptyText')}
      picture={<PeoplePicture />}
      action={
        can('key:read') && (
          <Button type="primary" href="/settings/write-keys">
            {t('emptyAction')}
          </Button>
        )
      }
    />
  )
}
