import { Button, Drawer, Form, Select, Tooltip } from 'antd'
import { useState } from 'react'
import { type Member, routes } from '#modules/access/contract.ts'
import { ConfirmDanger } from '#ui/ConfirmDanger.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { searchByLabel } from '#web/forms/choices.ts'
import { FormButtons } from '#web/forms/FormButtons.tsx'
import { useSubmit } from '#web/forms/use-submit.ts'
import { useCan, useMe } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import { DepartmentField, RoleField } from './member-fields.tsx'
import { memberWords } from './member-words.ts'

export function MemberDrawer({ member, onClose }: { member: Member | undefined; onClose: () => void }) {
  const can = useCan()
  return (
    <Drawer
      open={member !== undefined}
      onClose={onClose}
      size={480}
      title={member?.name}
      extra={member && can('member:write') && <StatusButton member={member} />}
      destroyOnHidden
    >
      {member && <MemberForm key={member.id} member={member} onDone={onClose} />}
    </Drawer>
  )
}

/** A Select has no null; the empty value stands for "none". */
type Values = { roleId: string; departmentId: string; managerId: string }

function MemberForm({ member, onDone }: { member: Member; onDone: () => void }) {
  const t = useWords(memberWords)
  const toast = useToast()
  const can = useCan()
  const change = useChange(routes.changeMember, [
    routes.listMembers,
    routes.listRoles,
    routes.listDepartments,
  ])
  const [form] = Form.useForm<Values>()
  const { submit, busy, error } = useSubmit<Values>(form, async (values) => {
    const body = {
      roleId: values.roleId,
      departmentId: values.departmentId || null,
      managerId: values.managerId || null,
    }
    await change.mutateAsync({ params: { id: member.id }, body })
    toast.done(t('saved'))
    onDone()
  })
  const mayWrite = can('member:write')
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      disabled={!mayWrite}
      initialValues={{
        roleId: member.role.id,
        departmentId: member.department?.id ?? '',
        managerId: member.manager?.id ?? '',
      }}
      onFinish={submit}
    >
      <dl className="set-facts set-facts-plain" style={{ marginBottom: 16 }}>
        <dt>{t('email')}</dt>
        <dd>{member.email}</dd>
        <dt>{t('joined')}</dt>
        <dd>
          <TimeText value={member.joinedAt} as="full" />
        </dd>
      </dl>
      <RoleField />
      <DepartmentField />
      <ManagerField member={member} />
      {error !== undefined && <ErrorState error={error} compact />}
      {mayWrite && <FormButtons action={t('save')} busy={busy} />}
    </Form>
  )
}

function ManagerField({ member }: { member: Member }) {
  const t = useWords(memberWords)
  const members = useRoute(routes.listMembers, { query: { status: 'active', limit: 1000 } })
  const others = (members.data?.items ?? []).filter((one) => one.id !== member.id)
  return (
    <Form.Item name="managerId" label={t('manager')}>
      <Select
        loading={members.isPending}
        {...searchByLabel}
        options={[
          { value: '', label: t('none') },
          ...others.map((one) => ({ value: one.id, label: `${one.name} ${one.email}` })),
        ]}
      />
    </Form.Item>
  )
}

function StatusButton({ member }: { member: Member }) {
  const t = useWords(memberWords)
  const toast = useToast()
  const { memberId } = useMe()
  const [asked, setAsked] = useState(false)
  const change = useChange(routes.changeMember, [routes.listMembers, routes.listRoles])
  const set = (status: Member['status']) =>
    change.mutateAsync({ params: { id: member.id }, body: { status } })
  const enable = () =>
    set('active')
      .then(() => toast.done(t('enabledDone', { name: member.name })))
      .catch(toast.failed)
  if (member.status === 'disabled') return <Button onClick={() => void enable()}>{t('enable')}</Button>
  const isMe = member.id === memberId
  return (
    <>
      <Tooltip title={isMe ? t('notYourself') : undefined}>
        <Button danger disabled={isMe} onClick={() => setAsked(true)}>
          {t('disable')}
        </Button>
      </Tooltip>
      <ConfirmDanger
        open={asked}
        title={t('disableTitle', { name: member.name })}
        action={t('disable')}
        onConfirm={async () => {
          await set('disabled')
          toast.undo(t('disabledDone', { name: member.name }), () => set('active'))
        }}
        onClose={() => setAsked(false)}
      >
        {t('disableText')}
      </ConfirmDanger>
    </>
  )
}
