import { UserAddOutlined } from '@ant-design/icons'
import { Button, Tabs } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useCan } from '#web/session.ts'
import { membersRoute } from '../pages.tsx'
import { InvitationList } from './InvitationList.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { MemberList } from './MemberList.tsx'
import { memberWords } from './member-words.ts'
import './members.css'

export function MembersPage() {
  const t = useWords(memberWords)
  const can = useCan()
  const search = membersRoute.useSearch()
  const navigate = membersRoute.useNavigate()
  const invite = (asked: boolean) =>
    void navigate({ search: (now) => ({ ...now, invite: asked || undefined }) })
  const button = can('member:write') && (
    <Button type="primary" icon={<UserAddOutlined />} onClick={() => invite(true)}>
      {t('invite')}
    </Button>
  )
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader title={t('title')} purpose={t('purpose')} actions={button} />
      <Tabs
        activeKey={search.tab ?? 'members'}
        onChange={(tab) =>
          void navigate({ search: tab === 'invitations' ? { tab: 'invitations' as const } : {} })
        }
        items={[
          { key: 'members', label: t('tabMembers') },
          { key: 'invitations', label: t('tabInvitations') },
        ]}
        className="member-tabs"
      />
      {search.tab === 'invitations' ? <InvitationList action={button} /> : <MemberList />}
      <InviteDialog open={search.invite === true} onClose={() => invite(false)} />
    </div>
  )
}
