import { Button, Drawer, Form, Input } from 'antd'
import { routes as collect } from '#modules/collect/contract.ts'
import type { Plan, PlanEvent } from '#modules/plans/contract.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { Problem } from '#ui/problem.ts'
import { useToast } from '#ui/use-toast.tsx'
import { callRoute } from '#web/api-client.ts'
import { useSubmit } from '#web/forms/use-submit.ts'
import { useEventTitles } from '#web/use-event-titles.ts'
import { fillFrom } from './fill-from.ts'
import { PropertyRows } from './PropertyRows.tsx'
import { planRoute } from './pages.tsx'
import { placeFaults } from './place-faults.ts'
import { planWords } from './plan-words.ts'
import { useSavePlan } from './use-save-plan.ts'

/** One event of the plan, or a new one. Saving puts the next version in force. */
export function PlanEventDrawer({ plan }: { plan: Plan }) {
  const t = useWords(planWords)
  const { open, new: isNew } = planRoute.useSearch()
  const navigate = planRoute.useNavigate()
  const event = plan.events.find((one) => one.name === open)
  const close = () => void navigate({ search: (now) => ({ ...now, open: undefined, new: undefined }) })
  return (
    <Drawer
      open={isNew === true || event !== undefined}
      onClose={close}
      size="min(880px, 100vw)"
      title={event ? <DrawerTitle name={event.name} /> : t('newTitle')}
      destroyOnHidden
    >
      <EventForm key={event?.name ?? ''} plan={plan} event={event} onDone={close} />
    </Drawer>
  )
}

function DrawerTitle({ name }: { name: string }) {
  const title = useEventTitles().event(name)
  return (
    <>
      {title} {title !== name && <code className="hw-fine">{name}</code>}
    </>
  )
}

type Props = { plan: Plan; event: PlanEvent | undefined; onDone: () => void }

function EventForm({ plan, event, onDone }: Props) {
  const t = useWords(planWords)
  const toast = useToast()
  const savePlan = useSavePlan(plan)
  const [form] = Form.useForm<PlanEvent>()
  const others = plan.events.filter((one) => one !== event)
  const { submit, busy, error } = useSubmit<PlanEvent>(form, async (values) => {
    const saved = { ...event, ...values, properties: (values.properties ?? []).map(complete) } as PlanEvent
    const events = event ? plan.events.map((one) => (one === event ? saved : one)) : [...plan.events, saved]
    await savePlan({ events }).catch((fault: unknown) => {
      placeFaults(form, fault, t('notValid'))
      throw fault
    })
    toast.done(t('saved'))
  })
  const remove = async () => {
    try {
      await savePlan({ events: others })
      toast.done(t('removed', { name: event?.name }))
      onDone()
    } catch (fault) {
      toast.failed(fault)
    }
  }
  return (
    <Form<PlanEvent>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={event ?? { name: '', labels: { zh: '', en: '' }, description: '', properties: [] }}
      onFinish={async (values) => {
        if (await submit(values)) onDone()
      }}
    >
      {!event && (
        <Form.Item
          name="name"
          label={t('name')}
          extra={t('nameHint')}
          rules={[
            { required: true, whitespace: true, message: t('nameMissing') },
            {
              validator: async (_, name: string) => {
                if (others.some((one) => one.name === name)) throw new Error(t('nameTaken'))
              },
            },
          ]}
        >
          <Input autoComplete="off" maxLength={200} />
        </Form.Item>
      )}
      <div className="hw-form-row">
        <Form.Item name={['labels', 'zh']} label={t('labelZh')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name={['labels', 'en']} label={t('labelEn')}>
          <Input maxLength={100} />
        </Form.Item>
      </div>
      <Form.Item name="description" label={t('description')}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={1000} />
      </Form.Item>
      <FillButton form={form} name={event?.name} />
      <PropertyRows />
      {error !== undefined && <ErrorState error={error} compact />}
      <div className="plan-end">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('save')}
        </Button>
        {event && <Button onClick={() => void remove()}>{t('remove')}</Button>}
      </div>
    </Form>
  )
}

/** An empty pattern is none. */
const complete = (property: PlanEvent['properties'][number]) => ({
  ...property,
  pattern: property.pattern ? property.pattern : null,
  allowed: property.allowed ?? [],
})

type FillProps = { form: ReturnType<typeof Form.useForm<PlanEvent>>[0]; name: string | undefined }

/** Takes over what the catalogue has seen of the event. */
function FillButton({ form, name }: FillProps) {
  const t = useWords(planWords)
  const toast = useToast()
  const fill = async () => {
    const wanted = (name ?? form.getFieldValue('name') ?? '').trim()
    if (wanted === '') return
    try {
      const entry = await callRoute(collect.catalogueEntry, { query: { name: wanted } })
      const known: PlanEvent['properties'] = form.getFieldValue('properties') ?? []
      const added = fillFrom(entry, known)
      form.setFieldsValue({ properties: [...known, ...added] })
      toast.done(added.length > 0 ? t('filled', { count: added.length }) : t('nothingToFill'))
    } catch (error) {
      if (error instanceof Problem && error.status === 404) toast.done(t('nothingToFill'))
      else toast.failed(error)
    }
  }
  return (
    <Button onClick={() => void fill()} className="plan-fill">
      {t('fill')}
    </Button>
  )
}
