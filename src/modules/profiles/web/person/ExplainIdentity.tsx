import { Button, Input, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { ErrorState } from '#ui/ErrorState.tsx'
import { findWord, useWords, type Words } from '#ui/i18n.ts'
import { type Answer, callRoute } from '#web/api-client.ts'
import { useRoute } from '#web/use-route.ts'
import { type Identifier, routes } from '../../contract.ts'
import { personWords } from '../person-words.ts'
import { kindText } from './identifier-text.ts'
import { LinkLine } from './LinkLine.tsx'

const kinds = ['user_id', 'email', 'phone', 'anonymous_id']

/** With a reference as long as nobody types something else: the value shown may be a masked one. */
type Asked = Identifier & { ref?: string }
const meant = ({ kind, value, ref }: Asked) => (ref === undefined ? { kind, value } : { ref })

/** Any two identifiers, this person's or not: one person or two, and by what evidence. */
export function ExplainIdentity({ identifiers }: { identifiers: Asked[] }) {
  const t = useWords(personWords)
  const [a, setA] = useState<Asked>(identifiers[0] ?? { kind: 'user_id', value: '' })
  const [b, setB] = useState<Asked>(identifiers[1] ?? { kind: 'anonymous_id', value: '' })
  const [answer, setAnswer] = useState<Answer<typeof routes.explain>>()
  const [error, setError] = useState<unknown>()
  const ask = async (event: FormEvent) => {
    event.preventDefault()
    setAnswer(undefined)
    setError(undefined)
    await callRoute(routes.explain, { body: { a: meant(a), b: meant(b) } }).then(setAnswer, setError)
  }
  return (
    <section>
      <h3>{t('explain')}</h3>
      <form className="identity-explain" onSubmit={ask}>
        <IdentifierInput label={t('explainA')} value={a} onChange={setA} />
        <IdentifierInput label={t('explainB')} value={b} onChange={setB} />
        <Button htmlType="submit" disabled={a.value.trim() === '' || b.value.trim() === ''}>
          {t('explainGo')}
        </Button>
      </form>
      {error !== undefined && <ErrorState error={error} compact />}
      {answer && (
        <div role="status">
          <p className={answer.same ? 'hw-success' : 'hw-warning'}>
            {answer.same
              ? t('same')
              : `${t('notSame')} ${findWord(personWords as Words, `reason.${answer.reason}`) ?? answer.reason}`}
          </p>
          <ul>
            {answer.chain.map((link) => (
              <LinkLine key={`${link.messageId} ${link.a.value} ${link.b.value}`} link={link} />
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

function IdentifierInput({
  label,
  value,
  onChange,
}: {
  label: string
  value: Asked
  onChange: (value: Asked) => void
}) {
  const t = useWords(personWords)
  const known =
    useRoute(routes.identityKinds, {}, { staleTime: 60_000 }).data?.items.map((one) => one.kind) ?? []
  const offered = [...new Set([...kinds, ...known, value.kind])]
  return (
    <div className="identity-input">
      <Select
        aria-label={`${label}: ${t('kind')}`}
        value={value.kind}
        options={offered.map((kind) => ({ value: kind, label: kindText(kind) }))}
        onChange={(kind) => onChange({ kind, value: value.value })}
        popupMatchSelectWidth={false}
      />
      <Input
        aria-label={`${label}: ${t('value')}`}
        placeholder={label}
        value={value.value}
        onChange={(event) => onChange({ kind: value.kind, value: event.target.value })}
      />
    </div>
  )
}
