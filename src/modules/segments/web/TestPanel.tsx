import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { routes as profiles } from '#modules/profiles/contract.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { useRoute } from '#web/use-route.ts'
import { segmentWords } from './segment-words.ts'
import type { PersonTest } from './use-person-test.ts'

type Props = { test: PersonTest; personId: string | undefined; onTest: (id: string | undefined) => void }

/** "Is this person in, and why": the lines of the rule carry the answer. */
export function TestPanel({ test, personId, onTest }: Props) {
  const t = useWords(segmentWords)
  const [typed, setTyped] = useState('')
  const found = useRoute(
    profiles.list,
    { query: { search: typed, limit: 10 } },
    { enabled: typed.trim() !== '', keep: true },
  )
  const options = (typed.trim() ? (found.data?.items ?? []) : []).map((person) => ({
    value: person.id,
    label: [person.name ?? t('anonymous'), person.identifiers.find((i) => i.value !== person.name)?.value]
      .filter(Boolean)
      .join(' · '),
  }))
  const { verdict, error } = test
  const name = verdict?.profile.name ?? t('anonymous')
  return (
    <section className="hw-panel">
      <div className="hw-panel-head">
        <h2>{t('test')}</h2>
        {personId && (
          <Button size="small" type="link" onClick={() => onTest(undefined)}>
            {t('testClear')}
          </Button>
        )}
      </div>
      <div className="hw-panel-body">
        <Select
          className="segment-test-search"
          showSearch={{ filterOption: false, onSearch: setTyped }}
          aria-label={t('test')}
          placeholder={t('testPlaceholder')}
          value={null}
          options={options}
          loading={found.isFetching}
          notFoundContent={null}
          suffixIcon={null}
          onChange={(id: string | null) => {
            setTyped('')
            if (id) onTest(id)
          }}
        />
        {verdict && personId && (
          <div className={`segment-verdict ${verdict.holds ? 'hw-success' : 'hw-danger'}`} role="status">
            {verdict.holds ? (
              <CheckCircleFilled aria-hidden="true" />
            ) : (
              <CloseCircleFilled aria-hidden="true" />
            )}
            <Link to="/people/$id" params={{ id: verdict.profile.id }}>
              {verdict.holds ? t('testHolds', { name }) : t('testFails', { name })}
            </Link>
          </div>
        )}
        {verdict && personId && <p className="hw-fine">{t('testHint')}</p>}
        {error !== undefined && <ErrorState error={error} compact />}
      </div>
    </section>
  )
}
