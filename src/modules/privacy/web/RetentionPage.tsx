import { Alert, Button, InputNumber, Radio, Skeleton } from 'antd'
import { useState } from 'react'
import { ConfirmDanger } from '#ui/ConfirmDanger.tsx'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { dayKey } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import { type Retention, routes } from '../contract.ts'
import { retentionWords } from './retention-words.ts'
import './retention.css'

const isDays = (days: number | null): days is number => days !== null && days >= 30 && days <= 36_500

/** How long events are kept; what would go is said before anything does. */
export function RetentionPage() {
  const t = useWords(retentionWords)
  const retention = useRoute(routes.retention, {}, { every: 5000 })
  return (
    <div className="hw-page">
      <PageHeader title={t('title')} purpose={t('purpose')} />
      {retention.error && <ErrorState error={retention.error} retry={() => void retention.refetch()} />}
      {retention.isPending && <Skeleton active className="set-form" paragraph={{ rows: 5 }} />}
      {retention.data && <RetentionForm key={retention.data.days ?? 'forever'} retention={retention.data} />}
    </div>
  )
}

function RetentionForm({ retention }: { retention: Retention }) {
  const t = useWords(retentionWords)
  const can = useCan()
  const [limited, setLimited] = useState(retention.days !== null)
  const [days, setDays] = useState<number | null>(retention.days ?? 730)
  const wanted = limited ? days : null
  const mayChange = can('people:erase')
  const isValid = !limited || isDays(days)
  return (
    <section className="hw-panel set-form">
      <div className="hw-panel-body">
        {retention.running && <Alert type="info" showIcon title={t('running')} />}
        <Radio.Group
          aria-label={t('keep')}
          orientation="vertical"
          disabled={!mayChange}
          value={limited}
          onChange={(event) => setLimited(event.target.value === true)}
          options={[
            { value: false, label: t('forever') },
            { value: true, label: t('days') },
          ]}
        />
        {limited && (
          <div className="hw-bar retention-days">
            <InputNumber
              aria-label={t('daysLabel')}
              min={30}
              max={36_500}
              precision={0}
              disabled={!mayChange}
              value={days}
              onChange={setDays}
              status={isValid ? '' : 'error'}
              suffix={t('daysUnit')}
            />
            <span className="hw-fine">{isValid ? t('daysHint') : t('daysMissing')}</span>
          </div>
        )}
        {limited && isDays(days) && <Preview days={days} />}
        {mayChange ? (
          <SaveButton retention={retention} days={wanted} disabled={!isValid} />
        ) : (
          <p className="hw-fine">{t('readOnly')}</p>
        )}
        <LastRun retention={retention} />
      </div>
    </section>
  )
}

function Preview({ days }: { days: number }) {
  const t = useWords(retentionWords)
  const { language, timezone } = useDisplay()
  const preview = useRoute(routes.previewRetention, { body: { days } }, { keep: true })
  if (preview.error) return <ErrorState error={preview.error} compact />
  if (!preview.data) return <Skeleton active paragraph={{ rows: 1 }} title={false} />
  const { events, before, oldest } = preview.data
  const facts = { count: exactNumber(events, language), before: dayKey(Date.parse(before), timezone) }
  return (
    <>
      <Alert
        type={events > 0 ? 'warning' : 'success'}
        showIcon
        title={events > 0 ? t('preview', facts) : t('previewNothing', facts)}
      />
      {oldest && (
        <p className="hw-fine">
          {t('oldest')} <TimeText value={oldest} as="day" />
        </p>
      )}
    </>
  )
}

type SaveProps = { retention: Retention; days: number | null; disabled: boolean }

/** What removes something must be typed. */
function SaveButton({ retention, days, disabled }: SaveProps) {
  const t = useWords(retentionWords)
  const toast = useToast()
  const { language } = useDisplay()
  const [asking, setAsking] = useState(false)
  const change = useChange(routes.setRetention, [routes.retention])
  const preview = useRoute(
    routes.previewRetention,
    { body: { days: days ?? 30 } },
    { enabled: isDays(days), keep: true },
  )
  const events = days === null ? 0 : (preview.data?.events ?? 0)
  const save = async () => {
    await change.mutateAsync({ body: { days } })
    toast.done(t('saved'))
  }
  const count = exactNumber(events, language)
  return (
    <div className="retention-save">
      <Button
        type="primary"
        disabled={disabled || days === retention.days || (days !== null && !preview.data)}
        loading={change.isPending}
        onClick={() => (events > 0 ? setAsking(true) : void save().catch(toast.failed))}
      >
        {t('save')}
      </Button>
      <ConfirmDanger
        open={asking}
        title={t('confirmTitle', { count })}
        action={t('confirm')}
        phrase={String(events)}
        onConfirm={save}
        onClose={() => setAsking(false)}
      >
        {t('confirmText')}
      </ConfirmDanger>
    </div>
  )
}

function LastRun({ retention }: { retention: Retention }) {
  const t = useWords(retentionWords)
  const { language } = useDisplay()
  if (retention.lastAt === null) return <p className="hw-fine">{t('never')}</p>
  return (
    <p className="hw-fine">
      {t('last', { count: exactNumber(retention.lastEvents ?? 0, language) })}{' '}
      <TimeText value={retention.lastAt} />
    </p>
  )
}
