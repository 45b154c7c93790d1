import { Button, Modal, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useRuleCatalogue } from '#modules/rules/web/rule-catalogue.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { callRoute } from '#web/api-client.ts'
import { searchByLabel } from '#web/forms/choices.ts'
import { useChange } from '#web/use-route.ts'
import { Pack, type PackReport, routes } from '../../contract.ts'
import { packWords } from './pack-words.ts'

type Kind = 'tags' | 'attributes' | 'events'
type NameMap = Record<Kind, Record<string, string>>
const noMap: NameMap = { tags: {}, attributes: {}, events: {} }
const kinds = ['tags', 'attributes', 'events'] as const
const outcomeStyle = { new: 'success', same: '', renamed: 'warning' } as const

/** Shows what a pack would make and what it lacks here, lets names be matched, and takes it in. */
export function PackDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useWords(packWords)
  return (
    <Modal open={open} title={t('title')} onCancel={onClose} footer={null} width={640} destroyOnHidden>
      <Body onClose={onClose} />
    </Modal>
  )
}

function Body({ onClose }: { onClose: () => void }) {
  const t = useWords(packWords)
  const toast = useToast()
  const [pack, setPack] = useState<Pack>()
  const [isBroken, setBroken] = useState(false)
  const [map, setMap] = useState(noMap)
  const [report, setReport] = useState<PackReport>()
  const [error, setError] = useState<unknown>()
  const take = useChange(routes.takePack, [routes.list])
  useEffect(() => {
    if (!pack) return
    const stop = new AbortController()
    setError(undefined)
    callRoute(routes.checkPack, { body: { pack, map } }, stop.signal).then(setReport, (fault: unknown) => {
      if (!stop.signal.aborted) setError(fault)
    })
    return () => stop.abort()
  }, [pack, map])
  const read = async (file: File | undefined) => {
    if (!file) return
    setReport(undefined)
    setMap(noMap)
    const parsed = Pack.safeParse(parse(await file.text()))
    setBroken(!parsed.success)
    setPack(parsed.data)
  }
  const send = async () => {
    if (!pack) return
    try {
      const { segments } = await take.mutateAsync({ body: { pack, map } })
      const count = segments.filter((one) => one.outcome !== 'same').length
      toast.done(count > 0 ? t('taken', { count }) : t('nothing'))
      onClose()
    } catch (fault) {
      setError(fault)
    }
  }
  return (
    <div className="segment-pack">
      <p className="hw-fine">{t('intro')}</p>
      <label className="segment-pack-file">
        <input
          type="file"
          accept=".json,application/json"
          className="hw-sr"
          onChange={(event) => {
            void read(event.target.files?.[0])
            event.target.value = ''
          }}
        />
        <span>{pack ? t('other') : t('choose')}</span>
      </label>
      {isBroken && (
        <p className="hw-danger" role="alert">
          {t('notPack')}
        </p>
      )}
      {error !== undefined && <ErrorState error={error} compact />}
      {pack && !report && error === undefined && <p className="hw-fine">{t('checking')}</p>}
      {pack && report && (
        <>
          <Segments report={report} />
          <Missing pack={pack} report={report} map={map} onMap={setMap} />
        </>
      )}
      <div className="hw-bar segment-pack-foot">
        <span className="hw-bar-grow" />
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button type="primary" disabled={!report} loading={take.isPending} onClick={() => void send()}>
          {t('take')}
        </Button>
      </div>
    </div>
  )
}

function Segments({ report }: { report: PackReport }) {
  const t = useWords(packWords)
  return (
    <section>
      <h3>{t('segments')}</h3>
      <ul className="segment-use-list">
        {report.segments.map((one) => (
          <li key={one.key}>
            <span
              className={`hw-pill${outcomeStyle[one.outcome] && ` hw-pill-${outcomeStyle[one.outcome]}`}`}
            >
              {t(`outcome.${one.outcome}`)}
            </span>
            <span className="hw-clip">{one.name}</span>
            {one.members > 0 && <span className="hw-fine">{t('members', { count: one.members })}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

type MissingProps = { pack: Pack; report: PackReport; map: NameMap; onMap: (map: NameMap) => void }

function Missing({ report, map, onMap }: MissingProps) {
  const t = useWords(packWords)
  const { tags, attributes, events } = useRuleCatalogue()
  const known = { tags, attributes, events }
  // Matched ones are not missing any more, and must stay to be changed.
  const names = kinds.flatMap((kind) =>
    [...new Set([...Object.keys(map[kind]), ...report.missing[kind]])].map((name) => ({ kind, name })),
  )
  if (names.length === 0) return <p className="hw-fine">{t('complete')}</p>
  const change = (kind: Kind, name: string, here: string | undefined) => {
    const { [name]: _gone, ...others } = map[kind]
    onMap({ ...map, [kind]: here === undefined ? others : { ...others, [name]: here } })
  }
  return (
    <section>
      <h3>{t('missing')}</h3>
      <p className="hw-fine">{t('missingNote')}</p>
      <ul className="segment-use-list">
        {names.map(({ kind, name }) => (
          <li key={`${kind}/${name}`}>
            <span className="hw-pill">{t(`kind.${kind}`)}</span>
            <span className="hw-clip hw-bar-grow">{name}</span>
            <Select
              {...searchByLabel}
              allowClear
              size="small"
              className="segment-pack-map"
              aria-label={t('mapTo', { kind: t(`kind.${kind}`), name })}
              placeholder={t('keep')}
              value={map[kind][name]}
              options={known[kind].map((one) => ({ value: one.name, label: one.name }))}
              onChange={(here: string | undefined) => change(kind, name, here)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
