import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { zoneName } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import { routes, type Schedule, type Segment } from '../../contract.ts'
import { snapshotWords } from './snapshot-words.ts'

type Values = { every: 'off' | Schedule['every']; day: number; time: string; keep: number }
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

/** When snapshots are taken by themselves. */
export function ScheduleForm({ segment }: { segment: Segment }) {
  const t = useWords(snapshotWords)
  const query = useRoute(routes.schedule, { params: { id: segment.id } })
  if (!query.data) return null
  const { schedule, nextAt } = query.data
  return (
    <section className="hw-panel" aria-labelledby="schedule">
      <div className="hw-panel-head">
        <h2 id="schedule">{t('schedule')}</h2>
      </div>
      <div className="hw-panel-body">
        <p className="hw-fine snapshot-schedule">
          {nextAt ? (
            <>
              {t('next')} <TimeText value={nextAt} as="minute" />
            </>
          ) : (
            t('scheduleOff')
          )}
        </p>
        <Fields key={JSON.stringify(schedule)} segment={segment} schedule={schedule} />
      </div>
    </section>
  )
}

function Fields({ segment, schedule }: { segment: Segment; schedule: Schedule | null }) {
  const t = useWords(snapshotWords)
  const can = useCan()
  const toast = useToast()
  const { language, timezone } = useDisplay()
  const save = useChange(routes.setSchedule, [routes.schedule])
  const [form] = Form.useForm<Values>()
  const every = Form.useWatch('every', form) ?? schedule?.every ?? 'off'
  const send = async ({ every: rhythm, day, time, keep }: Values) => {
    const next =
      rhythm === 'off' ? null : { every: rhythm, day: day ?? 1, time: time ?? '08:00', keep: keep ?? 12 }
    try {
      await save.mutateAsync({ params: { id: segment.id }, body: { schedule: next } })
      toast.done(t('saved'))
    } catch (error) {
      toast.failed(error)
    }
  }
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      disabled={!can('segment:write')}
      initialValues={schedule ?? { every: 'off', day: 1, time: '08:00', keep: 12 }}
      onFinish={send}
    >
      <Form.Item name="every" label={t('every')}>
        <Select
          options={(['off', 'day', 'week', 'month'] as const).map((value) => ({
            value,
            label: t(`every.${value}`),
          }))}
        />
      </Form.Item>
      {every === 'week' && (
        <Form.Item name="day" label={t('weekday')}>
          <Select options={weekdays.map((value) => ({ value, label: t(`weekday.${value}`) }))} />
        </Form.Item>
      )}
      {every === 'month' && (
        <Form.Item name="day" label={t('monthday')} extra={t('monthdayNote')}>
          <InputNumber min={1} max={31} precision={0} />
        </Form.Item>
      )}
      {every !== 'off' && (
        <>
          <Form.Item name="time" label={t('time', { zone: zoneName(timezone, language) })}>
            <Input type="time" required />
          </Form.Item>
          <Form.Item name="keep" label={t('keep')} extra={t('keepNote')}>
            <InputNumber min={1} max={120} precision={0} />
          </Form.Item>
        </>
      )}
      {/* Nothing scheduled and nothing chosen: there is nothing to save. */}
      <Button
        htmlType="submit"
        loading={save.isPending}
        disabled={!can('segment:write') || (every === 'off' && schedule === null)}
      >
        {t('save')}
      </Button>
    </Form>
  )
}
