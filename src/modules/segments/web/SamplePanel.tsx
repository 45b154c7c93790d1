import { Button, Skeleton } from 'antd'
import type { Profile } from '#modules/profiles/contract.ts'
import { PersonName } from '#modules/profiles/web/reveal/PersonName.tsx'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import type { RulePreview } from '#web/use-rule-preview.ts'
import { segmentWords } from './segment-words.ts'

/** Real people make a wrong rule visible sooner than any number. */
export function SamplePanel({ preview, onTest }: { preview: RulePreview; onTest: (id: string) => void }) {
  const t = useWords(segmentWords)
  const { detail, counting, error } = preview
  if (!detail)
    return error ? null : (
      <Skeleton active avatar paragraph={{ rows: 4 }} className="hw-panel segment-sample-wait" />
    )
  return (
    <section className={`hw-panel${counting ? ' segment-stale' : ''}`}>
      <div className="hw-panel-head">
        <h2>{t('sample', { count: detail.sample.length })}</h2>
      </div>
      {detail.sample.length === 0 ? (
        <p className="hw-fine hw-panel-body">{t('sampleEmpty')}</p>
      ) : (
        <ul className="segment-sample">
          {detail.sample.map((person) => (
            <SamplePerson key={person.id} person={person} onTest={onTest} />
          ))}
        </ul>
      )}
    </section>
  )
}

function SamplePerson({ person, onTest }: { person: Profile; onTest: (id: string) => void }) {
  const t = useWords(segmentWords)
  return (
    <li>
      <PersonName person={person} size={24} />
      <span className="hw-bar-grow" />
      <span className="hw-fine">
        <TimeText value={person.lastSeen} />
      </span>
      <Button size="small" type="text" className="segment-test-button" onClick={() => onTest(person.id)}>
        {t('testShort')}
      </Button>
    </li>
  )
}
