import { Link } from '@tanstack/react-router'
import { Button, Drawer, Form, Skeleton, Switch } from 'antd'
import { type ReactNode, useState } from 'react'
import { SourceName } from '#modules/access/web/SourceName.tsx'
import { ConfirmDanger } from '#ui/ConfirmDanger.tsx'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { NumberText } from '#ui/NumberText.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useSubmit } from '#web/forms/use-submit.ts'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import type { AttributeEntry } from '../../attribute-shapes.ts'
import { routes } from '../../contract.ts'
import { AttributeFields } from './AttributeFields.tsx'
import { Coverage } from './attribute-columns.tsx'
import { type AttributeValues, bodyOf, valuesOf } from './attribute-draft.ts'
import { attributeCatalogueWords } from './catalogue-words.ts'
import { titleOf } from './choose-attributes.ts'

type Props = { name: string | undefined; onClose: () => void }

export function AttributeDrawer({ name, onClose }: Props) {
  return (
    <Drawer
      open={name !== undefined}
      onClose={onClose}
      size="min(680px, 100vw)"
      title={<span className="hw-mono">{name}</span>}
      destroyOnHidden
    >
      {name !== undefined && <Body key={name} name={name} onClose={onClose} />}
    </Drawer>
  )
}

function Body({ name, onClose }: { name: string; onClose: () => void }) {
  const can = useCan()
  const entry = useRoute(routes.attribute, { query: { name } })
  if (entry.error && !entry.data) return <ErrorState error={entry.error} retry={() => void entry.refetch()} />
  if (!entry.data) return <Skeleton active paragraph={{ rows: 10 }} />
  return (
    <>
      <Facts entry={entry.data} />
      {can('attribute:write') ? (
        <SayForm entry={entry.data} onClose={onClose} />
      ) : (
        <p className="hw-muted">{entry.data.description}</p>
      )}
      <MisfitPart entry={entry.data} />
      <SourcePart entry={entry.data} />
      <UsePart entry={entry.data} />
    </>
  )
}

function Facts({ entry }: { entry: AttributeEntry }) {
  const t = useWords(attributeCatalogueWords)
  const facts: [string, ReactNode][] = [
    [t('people'), <NumberText key="people" value={entry.people} exact />],
    [t('coverage'), <Coverage key="coverage" people={entry.people} everyone={entry.everyone} />],
    [t('lastSeen'), entry.lastSeen ? <TimeText key="last" value={entry.lastSeen} /> : t('never')],
    [
      t('typesSeen'),
      entry.typesSeen.length === 0
        ? t('never')
        : entry.typesSeen.map((one) => t(`seen.${one.type}`)).join(' · '),
    ],
    [t('examples'), <Examples key="examples" values={entry.examples} />],
  ]
  return (
    <dl className="attr-facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const Examples = ({ values }: { values: readonly string[] }) =>
  values.length === 0 ? <span className="hw-muted">–</span> : values.join(' · ')

function SayForm({ entry, onClose }: { entry: AttributeEntry; onClose: () => void }) {
  const t = useWords(attributeCatalogueWords)
  const toast = useToast()
  const [form] = Form.useForm<AttributeValues>()
  const catalogue = useRoute(routes.attributes, {}, { staleTime: 60_000 })
  const save = useChange(routes.describeAttribute, [routes.attributes, routes.attribute])
  const { submit, busy, error } = useSubmit<AttributeValues>(form, async (values) => {
    await save.mutateAsync({ body: bodyOf({ ...valuesOf(entry), ...values }) })
    toast.done(t('saved'))
  })
  const groups = [...new Set(catalogue.data?.items.map((one) => one.group).filter(Boolean) ?? [])]
  return (
    <Form<AttributeValues>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={valuesOf(entry)}
      onFinish={(values) => void submit(values)}
    >
      <AttributeFields
        groups={groups}
        examples={entry.personal ? [] : entry.examples}
        {...(entry.declared ? {} : { seen: entry.type })}
        alwaysPersonal={entry.name === 'email' || entry.name === 'phone'}
      />
      <Form.Item
        name="archived"
        label={t('archivedLabel')}
        extra={t('archivedHint')}
        valuePropName="checked"
        layout="horizontal"
      >
        <Switch size="small" />
      </Form.Item>
      {error !== undefined && <ErrorState error={error} compact />}
      <div className="attr-actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('save')}
        </Button>
        {entry.people === 0 && entry.usedBy.length === 0 && (
          <DeleteButton entry={entry} onDeleted={onClose} />
        )}
      </div>
    </Form>
  )
}

function DeleteButton({ entry, onDeleted }: { entry: AttributeEntry; onDeleted: () => void }) {
  const t = useWords(attributeCatalogueWords)
  const toast = useToast()
  const [asking, setAsking] = useState(false)
  const remove = useChange(routes.deleteAttribute, [routes.attributes])
  return (
    <>
      <Button danger type="text" onClick={() => setAsking(true)}>
        {t('delete')}
      </Button>
      <ConfirmDanger
        open={asking}
        title={t('deleteTitle', { name: titleOf(entry) })}
        action={t('delete')}
        onConfirm={async () => {
          await remove.mutateAsync({ query: { name: entry.name } })
          toast.done(t('deleted', { name: titleOf(entry) }))
          onDeleted()
        }}
        onClose={() => setAsking(false)}
      >
        {t('deleteText')}
      </ConfirmDanger>
    </>
  )
}

function Part({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section className="hw-panel attr-part">
      <div className="hw-panel-head">
        <h3>{title}</h3>
        {note && <span className="hw-fine">{note}</span>}
      </div>
      <ul className="hw-panel-body attr-list">{children}</ul>
    </section>
  )
}

function MisfitPart({ entry }: { entry: AttributeEntry }) {
  const t = useWords(attributeCatalogueWords)
  const { language } = useDisplay()
  if (entry.misfits === 0) return null
  return (
    <Part
      title={t('misfitList')}
      note={t('misfitNote', { count: entry.misfits, shown: exactNumber(entry.misfits, language) })}
    >
      {entry.misfitExamples.map((value) => (
        <li key={value} className="hw-mono">
          {value}
        </li>
      ))}
    </Part>
  )
}

function SourcePart({ entry }: { entry: AttributeEntry }) {
  const t = useWords(attributeCatalogueWords)
  return (
    <Part title={t('sources')}>
      {entry.sources.length === 0 && <li className="hw-muted">{t('noSources')}</li>}
      {entry.sources.map((source) => (
        <li key={`${source.kind} ${source.name} ${source.since}`}>
          <strong>
            <SourceName source={source} />
          </strong>
          <span className="hw-fine">
            {t('since')} <TimeText value={source.since} as="day" />
          </span>
        </li>
      ))}
    </Part>
  )
}

function UsePart({ entry }: { entry: AttributeEntry }) {
  const t = useWords(attributeCatalogueWords)
  return (
    <Part title={t('usedBy')}>
      {entry.usedBy.length === 0 && <li className="hw-muted">{t('notUsed')}</li>}
      {entry.usedBy.map((user) => (
        <li key={user.id}>
          <span className="hw-fine">{t(user.kind)}</span>
          <Link to="/segments/$id" params={{ id: user.id }}>
            {user.name}
          </Link>
        </li>
      ))}
    </Part>
  )
}
