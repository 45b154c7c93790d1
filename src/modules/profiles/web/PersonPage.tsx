import { EllipsisOutlined, MergeCellsOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Alert, Button, Dropdown, Segmented, Skeleton } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { Overview } from '#modules/portrait/contract.ts'
import { DevicesPanel, OrdersPanel, OriginPanel } from '#modules/portrait/web/FactPanels.tsx'
import { LevelDots, LevelPanel } from '#modules/portrait/web/LevelPanel.tsx'
import { useOverview } from '#modules/portrait/web/use-overview.ts'
import { usePersonPrivacy } from '#modules/privacy/web/person-privacy.tsx'
import { Avatar } from '#ui/Avatar.tsx'
import { CopyText } from '#ui/CopyText.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { PersonHeaderPanels, PersonSidePanels } from '#web/person-panels.tsx'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import { type Profile, routes } from '../contract.ts'
import { TrashDialog } from './bulk/TrashDialog.tsx'
import { OwnerPanel } from './owner/OwnerPanel.tsx'
import { personRoute } from './pages.tsx'
import { AttributesPanel } from './person/AttributesPanel.tsx'
import { IdentityDrawer } from './person/IdentityDrawer.tsx'
import { IdentityPanel } from './person/IdentityPanel.tsx'
import { kindText } from './person/identifier-text.ts'
import { MergeDrawer } from './person/MergeDrawer.tsx'
import { Timeline } from './person/Timeline.tsx'
import { personWords } from './person-words.ts'
import { RevealEye } from './reveal/RevealEye.tsx'
import { RevealProvider } from './reveal/RevealProvider.tsx'
import { useRevealed } from './reveal/reveal-store.ts'
import './person.css'

export function PersonPage() {
  const { id } = personRoute.useParams()
  const t = useWords(personWords)
  const overview = useOverview(id)
  // After the first screen only the person is asked for; it is cheap, and what else changes is asked by its own panel.
  const person = useRoute(
    routes.get,
    { params: { id } },
    { every: 10_000, enabled: overview.data !== undefined || overview.error !== null },
  )
  const query = overview.data ? person : overview
  if (query.error && !query.data)
    return (
      <div className="hw-page">
        <Link to="/people">{t('back')}</Link>
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      </div>
    )
  const known = person.data ?? overview.data?.profile
  if (!known || !overview.data) {
    return (
      <div className="hw-page">
        <Skeleton active avatar paragraph={{ rows: 10 }} />
      </div>
    )
  }
  return (
    <RevealProvider key={known.id}>
      <Person known={known} overview={overview.data} refresh={overview.refetch} askedId={id} />
    </RevealProvider>
  )
}

type PersonProps = {
  known: Profile
  overview: Overview
  refresh: () => unknown
  askedId: string
}

function Person({ known, overview, refresh, askedId }: PersonProps) {
  const person = useRevealed(known)
  const t = useWords(personWords)
  const search = personRoute.useSearch()
  const navigate = personRoute.useNavigate()
  useRenewed(known, refresh)
  const showPanel = (panel: 'merge' | 'identity' | undefined) =>
    void navigate({ search: (old) => ({ ...old, panel }), replace: true })
  const open = (id: string) => void navigate({ to: '/people/$id', params: { id } })
  const name = person.name ?? t('anonymous')
  return (
    <div className="hw-page">
      <PageHeader
        above={<Link to="/people">{t('back')}</Link>}
        documentTitle={name}
        title={
          <span className="person-title">
            <Avatar id={person.id} name={person.name} size={36} />
            <span className="person-title-text">
              <span>
                {name}
                <RevealEye person={person} field="name" what={t('nameOf')} />
              </span>
              <span className="person-title-owner">
                {t('owner')} {person.owner?.name ?? t('noOwner')}
              </span>
              <LevelDots level={overview.level} />
            </span>
          </span>
        }
        actions={<PersonActions person={person} onMerge={() => showPanel('merge')} />}
      />
      {askedId !== person.id && <Alert type="info" showIcon title={t('mergedInto', { name })} />}
      <section className="hw-panel person-facts">
        <ContactLine person={person} />
        <PersonHeaderPanels person={person} />
      </section>
      <Segmented
        block
        className="person-part"
        aria-label={t('part')}
        value={search.part ?? 'timeline'}
        options={(['timeline', 'details'] as const).map((value) => ({ value, label: t(`part_${value}`) }))}
        onChange={(value) =>
          void navigate({
            search: (old) => ({ ...old, part: value === 'details' ? value : undefined }),
            replace: true,
          })
        }
      />
      <div className={`person-columns person-shows-${search.part ?? 'timeline'}`}>
        <Timeline person={person} />
        <aside className="person-side">
          <LevelPanel overview={overview} />
          <OwnerPanel person={person} onGone={() => void navigate({ to: '/people' })} />
          <AttributesPanel person={person} />
          <PersonSidePanels person={person} />
          <OriginPanel origin={overview.origin} />
          <OrdersPanel orders={overview.orders} id={person.id} />
          <IdentityPanel person={person} onOpen={() => showPanel('identity')} />
          <DevicesPanel devices={overview.devices} />
        </aside>
      </div>
      <IdentityDrawer
        person={person}
        open={search.panel === 'identity'}
        onClose={() => showPanel(undefined)}
        onPerson={open}
      />
      <MergeDrawer
        person={person}
        open={search.panel === 'merge'}
        onClose={() => showPanel(undefined)}
        onMerged={open}
      />
    </div>
  )
}

function PersonActions({ person, onMerge }: { person: Profile; onMerge: () => void }) {
  const t = useWords(personWords)
  const can = useCan()
  const toast = useToast()
  const navigate = personRoute.useNavigate()
  const [isTrashing, setTrashing] = useState(false)
  const privacy = usePersonPrivacy(person, person.name ?? t('anonymous'))
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text)
    toast.done(t('linkCopied'))
  }
  const items = [
    { key: 'id', label: t('copyId'), onClick: () => void copy(person.id).catch(toast.failed) },
    { key: 'link', label: t('copyLink'), onClick: () => void copy(location.href).catch(toast.failed) },
    ...(can('people:trash') ? [{ key: 'bin', label: t('moveToBin'), onClick: () => setTrashing(true) }] : []),
    ...privacy.items,
  ]
  return (
    <>
      {can('identity:write') && (
        <Button icon={<MergeCellsOutlined aria-hidden="true" />} onClick={onMerge}>
          {t('merge')}
        </Button>
      )}
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
        <Button icon={<EllipsisOutlined aria-hidden="true" />} aria-label={t('more')} />
      </Dropdown>
      {privacy.dialog}
      <TrashDialog
        whom={{ people: [person], count: 1 }}
        open={isTrashing}
        onClose={() => setTrashing(false)}
        onDone={() => void navigate({ to: '/people' })}
      />
    </>
  )
}

/** What was computed of somebody is computed anew when they look different. */
function useRenewed(person: Profile, refresh: () => unknown): void {
  const shown = JSON.stringify([person.attributes, person.tags, person.identifiers, person.owner?.id])
  const before = useRef(shown)
  useEffect(() => {
    if (before.current === shown) return
    before.current = shown
    refresh()
  }, [shown, refresh])
}

const contactKinds = ['phone', 'email', 'user_id']

/** How to reach them and since when they are known; devices stand in the identity panel. */
function ContactLine({ person }: { person: Profile }) {
  const t = useWords(personWords)
  const contacts = contactKinds.flatMap((kind) =>
    person.identifiers.filter((one) => one.kind === kind).slice(0, 2),
  )
  return (
    <dl className="person-contacts">
      {contacts.map(({ kind, value }) => (
        <div key={`${kind}:${value}`}>
          <dt>{kindText(kind)}</dt>
          <dd>
            <CopyText text={value} mono={false} />
            <RevealEye person={person} field={kind} what={kindText(kind)} />
          </dd>
        </div>
      ))}
      <div>
        <dt>{t('firstSeen')}</dt>
        <dd>
          <TimeText value={person.firstSeen} />
        </dd>
      </div>
      <div>
        <dt>{t('lastSeen')}</dt>
        <dd>
          <TimeText value={person.lastSeen} />
        </dd>
      </div>
    </dl>
  )
}
