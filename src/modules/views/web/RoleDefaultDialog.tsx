import { Form, Select } from 'antd'
import { routes as access } from '#modules/access/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange, useRoute } from '#web/use-route.ts'
import { routes, type SavedView, type ViewList } from '../contract.ts'
import { viewsWords } from './views-words.ts'

type Props = { list: ViewList; view: SavedView; onClose: () => void }
type Values = { roles: string[] }

/** Whose members see a shared view first. */
export function RoleDefaultDialog({ list, view, onClose }: Props) {
  const t = useWords(viewsWords)
  const toast = useToast()
  const roles = useRoute(access.listRoles, {})
  const put = useChange(routes.setDefault, [routes.list])
  const save = async ({ roles: chosen }: Values) => {
    const set = (roleId: string, viewId: string | null) => put.mutateAsync({ body: { list, roleId, viewId } })
    for (const id of chosen.filter((one) => !view.defaultOf.includes(one))) await set(id, view.id)
    for (const id of view.defaultOf.filter((one) => !chosen.includes(one))) await set(id, null)
    toast.done(t('rolesSaved'))
  }
  return (
    <FormDialog<Values>
      open
      title={t('rolesTitle', { name: view.name })}
      action={t('save')}
      initial={{ roles: view.defaultOf }}
      onSubmit={save}
      onClose={onClose}
    >
      <Form.Item name="roles" label={t('rolesField')} extra={t('rolesHint')}>
        <Select
          mode="multiple"
          loading={roles.isLoading}
          options={(roles.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
    </FormDialog>
  )
}
