import { Alert, Button, Modal, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { routes as analytics } from '#modules/analytics/contract.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { useEventTitles } from '#web/use-event-titles.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import type { EventRole, TemplateKey } from '../../contract/templates.ts'
import { routes } from '../../contract.ts'
import { dashboardsWords } from '../dashboards-words.ts'

type Props = { open: boolean; onClose: () => void; onDone: (id: string) => void }
type Chosen = Partial<Record<EventRole, string | null>>

/** Ready boards, with the events of this workspace filled in: one click each. */
export function TemplatesDialog({ open, onClose, onDone }: Props) {
  const t = useWords(dashboardsWords)
  return (
    <Modal
      open={open}
      title={t('templatesTitle')}
      onCancel={onClose}
      footer={null}
      width={720}
      destroyOnHidden
    >
      <p className="hw-fine board-templates-text">{t('templatesText')}</p>
      {open && <Templates onDone={onDone} />}
    </Modal>
  )
}

function Templates({ onDone }: { onDone: (id: string) => void }) {
  const list = useRoute(routes.templates, {})
  const events = useRoute(analytics.events, {}, { staleTime: 60_000 })
  const [chosen, setChosen] = useState<Chosen>({})
  const make = useChange(routes.useTemplate, [routes.list])
  if (list.error) return <ErrorState error={list.error} retry={() => void list.refetch()} />
  if (!list.data) return <Skeleton active paragraph={{ rows: 6 }} />
  return (
    <>
      {make.error && <Alert type="error" title={<ErrorState error={make.error} compact />} />}
      <ul className="board-templates">
        {list.data.items.map(({ key, roles }) => (
          <Template
            key={key}
            template={key}
            roles={roles.map(({ role, event }) => ({
              role,
              event: role in chosen ? (chosen[role] ?? null) : event,
            }))}
            names={events.data?.items.map(({ name }) => name) ?? []}
            busy={make.isPending && make.variables.params.key === key}
            onChoose={(role, event) => setChosen({ ...chosen, [role]: event })}
            onUse={() =>
              make.mutate(
                { params: { key }, body: { events: chosen } },
                { onSuccess: ({ id }) => onDone(id) },
              )
            }
          />
        ))}
      </ul>
    </>
  )
}

type TemplateProps = {
  template: TemplateKey
  roles: { role: EventRole; event: string | null }[]
  names: string[]
  busy: boolean
  onChoose: (role: EventRole, event: string | null) => void
  onUse: () => void
}

function Template({ template, roles, names, busy, onChoose, onUse }: TemplateProps) {
  const t = useWords(dashboardsWords)
  const titles = useEventTitles()
  const none = ''
  return (
    <li className="hw-panel board-template">
      <div className="board-template-head">
        <h3>{t(`template.${template}`)}</h3>
        <p className="hw-muted">{t(`template.${template}Text`)}</p>
      </div>
      <div className="board-template-roles">
        {roles.map(({ role, event }) => (
          <div key={role}>
            <span className="hw-fine">{t(`role.${role}`)}</span>
            <Select
              aria-label={t(`role.${role}`)}
              size="small"
              showSearch={{ optionFilterProp: 'label' }}
              value={event ?? none}
              options={[
                { value: none, label: t('noEvent') },
                ...names.map((value) => ({ value, label: titles.event(value) })),
              ]}
              onChange={(value) => onChoose(role, value === none ? null : value)}
              popupMatchSelectWidth={false}
            />
          </div>
        ))}
      </div>
      <Button type="primary" loading={busy} onClick={onUse}>
        {t('useTemplate')}
      </Button>
    </li>
  )
}
