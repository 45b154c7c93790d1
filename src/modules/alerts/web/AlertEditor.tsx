import { Button, Drawer, Input, Select } from 'antd'
import { useState } from 'react'
import { useIsNarrow } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { uiWords } from '#ui/ui-words.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useChange, useRoute } from '#web/use-route.ts'
import type { Alert } from '../contract/alert.ts'
import { routes } from '../contract.ts'
import { alertWords } from './alert-words.ts'
import { ConditionFields, Label } from './ConditionFields.tsx'
import { conditionOf, type Draft, draftOf, mayRun, newDraft } from './draft.ts'
import { Preview } from './Preview.tsx'
import { TellFields } from './TellFields.tsx'
import { useLines } from './use-lines.ts'
import { intervalOf, type WatchableQuestion } from './watchable.ts'
import './alerts.css'

/** What is watched: a question in hand, perhaps a saved one. */
export type Source = {
  question: WatchableQuestion
  state: Record<string, unknown>
  analysis: { id: string; name: string } | undefined
}
type Props = {
  source: Source
  /** Left out: a new one is made. */
  alert?: Alert | undefined
  onClose: () => void
  onSaved?: ((alert: Alert) => void) | undefined
}

/** Makes or changes an alert, with a look at when it would have fired. */
export function AlertEditor({ source, alert, onClose, onSaved }: Props) {
  const t = useWords(alertWords)
  const narrow = useIsNarrow()
  return (
    <Drawer
      open
      title={t(alert ? 'editAlert' : 'newAlert')}
      size={narrow ? '100%' : 720}
      onClose={onClose}
      destroyOnHidden
    >
      <Form source={source} alert={alert} onClose={onClose} onSaved={onSaved} />
    </Drawer>
  )
}

function Form({ source, alert, onClose, onSaved }: Props) {
  const t = useWords(alertWords)
  const ui = useWords(uiWords)
  const { question } = source
  const interval = intervalOf(question)
  const { lines, loading, error } = useLines(question)
  const me = useRoute(routes.options, {}, { staleTime: 60_000 }).data?.me
  const [given, setDraft] = useState<Partial<Draft>>({})
  const [asked, setAsked] = useState(false)
  // What is not touched follows what is known by now: the first line, oneself.
  const first = lines[0]
  const base = alert
    ? draftOf(alert)
    : {
        ...newDraft(source.analysis?.name ?? first?.name ?? '', interval),
        metric: first?.metric,
        line: first?.name ?? '',
        members: me ? [me] : [],
      }
  const draft: Draft = { ...base, ...given }
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))
  const condition = conditionOf(draft)
  const { save, saving, failure } = useSaving(source, alert, (saved) => {
    onSaved?.(saved)
    onClose()
  })
  const isReady = condition !== undefined && draft.metric !== undefined && draft.name.trim() !== ''
  const submit = () => {
    setAsked(true)
    if (isReady) save(draft)
  }
  const percent =
    draft.metric?.of === 'funnel' ? draft.metric.step === null : draft.metric?.of === 'retention'
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className="alert-field">
        <Label>{t('whatWatched')}</Label>
        <Select
          aria-label={t('whatWatched')}
          disabled={alert !== undefined}
          loading={loading}
          showSearch={{ optionFilterProp: 'label' }}
          value={draft.metric ? JSON.stringify(draft.metric) : undefined}
          options={
            alert
              ? [{ value: JSON.stringify(alert.metric), label: alert.line || alert.name }]
              : lines.map(({ key, name }) => ({ value: key, label: name }))
          }
          onChange={(key: string) => {
            const line = lines.find((one) => one.key === key)
            if (line) change({ metric: line.metric, line: line.name })
          }}
        />
        <p className="hw-fine">{t('perBucket', { interval: t(`interval_${interval}`) })}</p>
        {error ? <ErrorState error={error} compact /> : null}
        {asked && !draft.metric && <Wrong text={t('lineMissing')} />}
      </div>
      <div className="alert-field">
        <Label>{t('name')}</Label>
        <Input
          aria-label={t('name')}
          maxLength={120}
          value={draft.name}
          onChange={({ target }) => change({ name: target.value })}
        />
        {asked && draft.name.trim() === '' && <Wrong text={t('nameMissing')} />}
      </div>
      <ConditionFields
        {...{ draft, interval, percent }}
        wrong={condition === undefined && (asked || isReversed(draft))}
        onChange={change}
      />
      <h3 className="alert-section">{t('preview')}</h3>
      <Preview {...{ question, condition }} metric={draft.metric} remindEvery={draft.remindEvery} />
      <TellFields {...{ draft, interval }} onChange={change} />
      {failure ? <ErrorState error={failure} compact /> : null}
      <div className="alert-acts">
        <Button type="primary" htmlType="submit" loading={saving}>
          {t(alert ? 'save' : 'create')}
        </Button>
        <Button onClick={onClose}>{ui('cancel')}</Button>
      </div>
    </form>
  )
}

const isReversed = ({ kind, is, low, high }: Draft): boolean =>
  kind === 'threshold' && is === 'outside' && low !== null && high !== null && low > high

const Wrong = ({ text }: { text: string }) => (
  <div className="alert-wrong" role="alert">
    {text}
  </div>
)

function useSaving(source: Source, alert: Alert | undefined, onSaved: (alert: Alert) => void) {
  const t = useWords(alertWords)
  const toast = useToast()
  const create = useChange(routes.create, [routes.list])
  const update = useChange(routes.change, [routes.list, routes.get, routes.history])
  const save = (draft: Draft) => {
    const { name, metric, line, hour, remindEvery, members, mail, webhook, endpoints } = draft
    const condition = conditionOf(draft)
    if (!condition || !metric) return
    const body = {
      ...{ name: name.trim(), condition, hour, remindEvery },
      tell: { members, mail, webhook, endpoints: webhook ? endpoints : null },
      running: mayRun(draft) && draft.running,
    }
    const done = (saved: Alert) => {
      toast.done(t(alert ? 'changed' : 'created', { name: saved.name }))
      onSaved(saved)
    }
    // A failure stays beside the fields.
    const stay = () => undefined
    if (alert)
      update
        .mutateAsync({ params: { id: alert.id }, body: { ...body, version: alert.version } })
        .then(done, stay)
    else
      create
        .mutateAsync({
          body: {
            ...{ ...body, metric, line, question: source.question, state: source.state },
            analysis: source.analysis?.id ?? null,
          },
        })
        .then(done, stay)
  }
  return { save, saving: create.isPending || update.isPending, failure: create.error ?? update.error }
}
