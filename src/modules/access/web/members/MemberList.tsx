import { Select } from 'antd'
import { type Member, routes } from '#modules/access/contract.ts'
import { Avatar } from '#ui/Avatar.tsx'
import { useDisplay } from '#ui/display.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { SearchBox } from '#ui/SearchBox.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useMe } from '#web/session.ts'
import { usePages } from '#web/use-route.ts'
import { membersRoute } from '../pages.tsx'
import { roleLabel } from '../roles/role-label.ts'
import { MemberDrawer } from './MemberDrawer.tsx'
import { memberWords } from './member-words.ts'

export function MemberList() {
  const t = useWords(memberWords)
  const { q, status, open } = membersRoute.useSearch()
  const navigate = membersRoute.useNavigate()
  const source = usePages(routes.listMembers, { query: { q, status } }, { keep: true })
  const show = (id: string | undefined) => void navigate({ search: (now) => ({ ...now, open: id }) })
  return (
    <>
      <search className="hw-bar">
        <SearchBox
          value={q}
          label={t('search')}
          onSearch={(text) =>
            void navigate({ search: (now) => ({ ...now, q: text.trim() || undefined }), replace: true })
          }
        />
        <Select<Member['status'] | ''>
          value={status ?? ''}
          aria-label={t('status')}
          style={{ width: 140 }}
          onChange={(value) =>
            void navigate({ search: (now) => ({ ...now, status: value || undefined }), replace: true })
          }
          options={[
            { value: '', label: t('statusAll') },
            { value: 'active', label: t('active') },
            { value: 'disabled', label: t('disabled') },
          ]}
        />
      </search>
      <QueryTable
        label={t('tabMembers')}
        source={source}
        columns={useColumns()}
        rowKey={(row) => row.id}
        openKey={open}
        onOpen={(row) => show(row.id)}
        rowHeight={48}
        card={(row) => <MemberCard row={row} />}
        empty={<EmptyState title={t('emptyMembers')} text={t('emptyMembersText')} />}
      />
      <MemberDrawer member={source.rows.find((row) => row.id === open)} onClose={() => show(undefined)} />
    </>
  )
}

function useColumns(): Column<Member>[] {
  const t = useWords(memberWords)
  const { language } = useDisplay()
  const optional = (part: { name: string } | null) => part?.name ?? <span className="hw-muted">–</span>
  return [
    { id: 'name', title: t('name'), cell: (row) => <MemberName row={row} /> },
    { id: 'email', title: t('email'), width: 240, cell: (row) => row.email },
    { id: 'role', title: t('role'), width: 130, cell: (row) => roleLabel(row.role, language) },
    { id: 'department', title: t('department'), width: 140, cell: (row) => optional(row.department) },
    { id: 'manager', title: t('manager'), width: 110, cell: (row) => optional(row.manager) },
    { id: 'joined', title: t('joined'), width: 110, cell: (row) => <TimeText value={row.joinedAt} /> },
  ]
}

function MemberName({ row }: { row: Member }) {
  const t = useWords(memberWords)
  const { memberId } = useMe()
  return (
    <span className={`member-who${row.status === 'disabled' ? ' member-off' : ''}`}>
      <Avatar id={row.id} name={row.name} size={26} />
      <strong className="hw-clip">{row.name}</strong>
      {row.id === memberId && <span className="hw-pill hw-pill-river">{t('you')}</span>}
      {row.status === 'disabled' && <span className="hw-pill">{t('disabled')}</span>}
    </span>
  )
}

function MemberCard({ row }: { row: Member }) {
  const { language } = useDisplay()
  return (
    <>
      <div className="set-card-top">
        <MemberName row={row} />
      </div>
      <div className="hw-fine">
        {[row.email, roleLabel(row.role, language), row.department?.name].filter(Boolean).join(' · ')}
      </div>
    </>
  )
}
