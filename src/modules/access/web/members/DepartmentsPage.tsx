import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, Skeleton, Tooltip } from 'antd'
import { useState } from 'react'
import { type Department, routes } from '#modules/access/contract.ts'
import { useIsNarrow } from '#ui/display.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import { DepartmentField } from './member-fields.tsx'
import { memberWords } from './member-words.ts'
import './members.css'

/** The dialog's subject: an existing department, or a new one below `parentId`. */
type Draft = { id?: string; name: string; parentId: string }

export function DepartmentsPage() {
  const t = useWords(memberWords)
  const can = useCan()
  const departments = useRoute(routes.listDepartments, {})
  const [draft, setDraft] = useState<Draft>()
  const mayWrite = can('member:write')
  const add = mayWrite && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setDraft({ name: '', parentId: '' })}>
      {t('newDepartment')}
    </Button>
  )
  const items = departments.data?.items
  return (
    <div className="hw-page">
      <PageHeader title={t('departmentsTitle')} purpose={t('departmentsPurpose')} actions={add} />
      {departments.error && !items && (
        <ErrorState error={departments.error} retry={() => void departments.refetch()} />
      )}
      {departments.isPending && <Skeleton active paragraph={{ rows: 5 }} />}
      {items?.length === 0 && (
        <EmptyState title={t('emptyDepartments')} text={t('emptyDepartmentsText')} action={add} />
      )}
      {items && items.length > 0 && (
        <ul className="dep-list" aria-label={t('departmentsTitle')}>
          {inTreeOrder(items).map(({ department, depth, isParent }) => (
            <li key={department.id}>
              <span className="dep-name" style={{ paddingLeft: depth * 24 }}>
                <strong className="hw-clip">{department.name}</strong>
                <span className="hw-fine">{t('memberCount', { count: department.members })}</span>
              </span>
              {mayWrite && <RowActions department={department} isParent={isParent} onDraft={setDraft} />}
            </li>
          ))}
        </ul>
      )}
      <DepartmentDialog draft={draft} onClose={() => setDraft(undefined)} />
    </div>
  )
}

type Placed = { department: Department; depth: number; isParent: boolean }

/** Parents before their children, siblings in the order given. */
function inTreeOrder(all: Department[], parentId: string | null = null, depth = 0): Placed[] {
  return all
    .filter((one) => one.parentId === parentId)
    .flatMap((department) => {
      const below = inTreeOrder(all, department.id, depth + 1)
      return [{ department, depth, isParent: below.length > 0 }, ...below]
    })
}

type ActionProps = { department: Department; isParent: boolean; onDraft: (draft: Draft) => void }

function RowActions({ department, isParent, onDraft }: ActionProps) {
  const t = useWords(memberWords)
  const toast = useToast()
  const isNarrow = useIsNarrow()
  const { id, name, parentId } = department
  const remove = useChange(routes.deleteDepartment, [routes.listDepartments])
  const restore = useChange(routes.createDepartment, [routes.listDepartments])
  const isUsed = isParent || department.members > 0
  const removeIt = () =>
    remove
      .mutateAsync({ params: { id } })
      .then(() => toast.undo(t('removed', { name }), () => restore.mutateAsync({ body: { name, parentId } })))
      .catch(toast.failed)
  return (
    <span className="hw-bar">
      <Button
        size="small"
        type="text"
        icon={<PlusOutlined />}
        aria-label={`${t('newBelow')} ${name}`}
        onClick={() => onDraft({ name: '', parentId: id })}
      >
        {!isNarrow && t('newBelow')}
      </Button>
      <Tooltip title={t('edit')}>
        <Button
          size="small"
          type="text"
          icon={<EditOutlined />}
          aria-label={`${t('edit')} ${name}`}
          onClick={() => onDraft({ id, name, parentId: parentId ?? '' })}
        />
      </Tooltip>
      <Tooltip title={isUsed ? t('cannotRemove') : t('remove')}>
        <Button
          size="small"
          type="text"
          danger
          disabled={isUsed}
          icon={<DeleteOutlined />}
          aria-label={`${t('remove')} ${name}`}
          onClick={() => void removeIt()}
        />
      </Tooltip>
    </span>
  )
}

function DepartmentDialog({ draft, onClose }: { draft: Draft | undefined; onClose: () => void }) {
  const t = useWords(memberWords)
  const create = useChange(routes.createDepartment, [routes.listDepartments])
  const change = useChange(routes.changeDepartment, [routes.listDepartments, routes.listMembers])
  const send = (values: { name: string; parentId: string }) => {
    const body = { name: values.name, parentId: values.parentId || null }
    return draft?.id ? change.mutateAsync({ params: { id: draft.id }, body }) : create.mutateAsync({ body })
  }
  return (
    <FormDialog<{ name: string; parentId: string }>
      open={draft !== undefined}
      title={draft?.id ? t('edit') : t('newDepartment')}
      action={draft?.id ? t('save') : t('create')}
      initial={{ name: draft?.name ?? '', parentId: draft?.parentId ?? '' }}
      onSubmit={send}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t('departmentName')}
        rules={[{ required: true, whitespace: true, max: 120, message: t('nameMissing') }]}
      >
        <Input autoFocus />
      </Form.Item>
      <DepartmentField name="parentId" label={t('parent')} none={t('top')} without={draft?.id} />
    </FormDialog>
  )
}
