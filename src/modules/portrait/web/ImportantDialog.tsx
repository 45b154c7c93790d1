import { Form, Select } from 'antd'
import { routes as profiles } from '#modules/profiles/contract.ts'
import { attributeTitle } from '#modules/profiles/web/attribute-words.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { searchByLabel } from '#web/forms/choices.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange, useRoute } from '#web/use-route.ts'
import { routes } from '../contract.ts'
import { portraitWords } from './portrait-words.ts'

/** Which attributes of the catalogue a workspace must know of somebody. */
export function ImportantDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(portraitWords)
  const toast = useToast()
  const setting = useRoute(routes.settings, {})
  const { data } = useRoute(profiles.attributes, {}, { staleTime: 60_000 })
  const save = useChange(routes.saveSettings, [routes.settings, routes.overview])
  if (!setting.data) return null
  return (
    <FormDialog<{ important: string[] }>
      open
      title={t('chooseTitle')}
      action={t('save')}
      initial={{ important: setting.data.important }}
      onSubmit={async (body) => {
        await save.mutateAsync({ body })
        toast.done(t('saved'))
      }}
      onClose={onClose}
    >
      <Form.Item name="important" label={t('chooseField')} extra={t('chooseHint')}>
        <Select
          mode="multiple"
          maxCount={30}
          {...searchByLabel}
          options={(data?.items ?? []).map(({ name, label }) => ({
            value: name,
            label: attributeTitle(name, label),
          }))}
        />
      </Form.Item>
    </FormDialog>
  )
}
