import { CloseOutlined } from '@ant-design/icons'
import { Alert, Button, Form, Input, Radio, Select } from 'antd'
import { householdRoles } from '#modules/rules/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange } from '#web/use-route.ts'
import {
  type Household,
  type HouseholdPerson,
  type HouseholdRole,
  type HouseholdSuggestion,
  householdRoutes as routes,
} from '../household-contract.ts'
import { householdWords } from './household-words.ts'
import { PersonPicker } from './PersonPicker.tsx'

export type HouseholdDraft =
  | { kind: 'new'; people?: HouseholdPerson[] }
  | { kind: 'edit'; household: Household }
  | { kind: 'confirm'; suggestion: HouseholdSuggestion }
type Place = { id: string; name: string | null; role: HouseholdRole; main: boolean }
type Values = { name?: string; places: Place[] }

const changed = [routes.households, routes.householdSuggestions, routes.householdsOfProfile]

/** Makes, confirms or changes a household. */
export function HouseholdDialog({
  draft,
  onClose,
}: {
  draft: HouseholdDraft | undefined
  onClose: () => void
}) {
  const t = useWords(householdWords)
  const toast = useToast()
  const create = useChange(routes.createHousehold, changed)
  const update = useChange(routes.updateHousehold, changed)
  const save = async ({ name, places }: Values) => {
    const people = places.map(({ id, role, main }) => ({ person: id, role, main }))
    const body = { name: name?.trim() || null, people }
    if (draft?.kind === 'edit') {
      await update.mutateAsync({ params: { id: draft.household.id }, body })
      toast.done(t('saved'))
      return
    }
    const suggestion = draft?.kind === 'confirm' ? { suggestion: draft.suggestion.id } : {}
    await create.mutateAsync({ body: { ...body, ...suggestion } })
    toast.done(t('created'))
  }
  const title = { new: t('newHousehold'), edit: t('editTitle'), confirm: t('confirmTitle') }
  const action = { new: t('create'), edit: t('save'), confirm: t('confirm') }
  const kind = draft?.kind ?? 'new'
  return (
    <FormDialog<Values>
      key={draft?.kind === 'edit' ? draft.household.id : kind}
      open={draft !== undefined}
      title={title[kind]}
      action={action[kind]}
      width={560}
      initial={{
        name: draft?.kind === 'edit' ? (draft.household.name ?? '') : '',
        places: peopleOf(draft),
      }}
      onSubmit={save}
      onClose={onClose}
    >
      {draft?.kind === 'confirm' && (
        <Alert
          type="info"
          showIcon
          title={t('confirmText', { contact: draft.suggestion.contact.value })}
          style={{ marginBottom: 16 }}
        />
      )}
      <Form.Item name="name" label={t('name')}>
        <Input maxLength={120} placeholder={t('namePlaceholder')} />
      </Form.Item>
      <Form.Item
        name="places"
        label={t('people')}
        rules={[
          {
            validator: (_, value: Place[]) =>
              value.length >= 2 ? Promise.resolve() : Promise.reject(new Error(t('needTwo'))),
          },
        ]}
      >
        <Places />
      </Form.Item>
    </FormDialog>
  )
}

function peopleOf(draft: HouseholdDraft | undefined): Place[] {
  const people =
    draft?.kind === 'edit'
      ? draft.household.people
      : draft?.kind === 'confirm'
        ? draft.suggestion.people
        : (draft?.people ?? [])
  return people.map(({ id, name, role, main }) => ({ id, name, role, main }))
}

/** The people as a field of the form: role, main contact, one more, one less. */
function Places({ value = [], onChange }: { value?: Place[]; onChange?: (places: Place[]) => void }) {
  const t = useWords(householdWords)
  const set = (places: Place[]) => onChange?.(places)
  const add = (id: string, name: string | null) => {
    if (value.some((one) => one.id === id)) return
    set([...value, { id, name, role: value.length === 0 ? 'guardian' : 'student', main: false }])
  }
  return (
    <div className="household-places">
      {value.map((place, at) => {
        const name = place.name ?? t('anonymous')
        return (
          <div key={place.id} className="household-place">
            <span className="hw-clip hw-bar-grow">{name}</span>
            <Select
              size="small"
              aria-label={t('roleOf', { name })}
              style={{ width: 116 }}
              value={place.role}
              options={householdRoles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
              onChange={(role: HouseholdRole) => set(value.with(at, { ...place, role }))}
            />
            <Radio
              checked={place.main}
              // A second click takes it back: a household need not have one.
              onClick={() => set(value.map((one, i) => ({ ...one, main: i === at ? !place.main : false })))}
            >
              {t('main')}
            </Radio>
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined aria-hidden="true" />}
              aria-label={t('removePerson', { name })}
              onClick={() => set(value.toSpliced(at, 1))}
            />
          </div>
        )
      })}
      <PersonPicker value={undefined} placeholder={t('addPerson')} onPick={(one) => add(one.id, one.name)} />
    </div>
  )
}
