import type { z } from 'zod'
import { SourceName } from '#modules/access/web/SourceName.tsx'
import { findWord, useWords, type Words } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import type { Identifier, IdentityLink } from '../../contract.ts'
import { personWords } from '../person-words.ts'
import { kindText } from './identifier-text.ts'

/** One piece of evidence: which two, when, by which rule, in which message. */
export function LinkLine({ link }: { link: z.infer<typeof IdentityLink> }) {
  const t = useWords(personWords)
  return (
    <li className="identity-link">
      <div className="identity-pair">
        <Id identifier={link.a} />
        <span aria-hidden="true">↔</span>
        <Id identifier={link.b} />
      </div>
      <div className="hw-fine">
        {findWord(personWords as Words, `rule.${link.rule}`) ?? link.rule}
        {' · '}
        <TimeText value={link.time} as="full" />
        {link.source && (
          <>
            {' · '}
            {t('linkFrom')} <SourceName source={link.source} /> · {t('linkMessage', { id: link.messageId })}
          </>
        )}
      </div>
    </li>
  )
}

const Id = ({ identifier }: { identifier: Identifier }) => (
  <span className="hw-pill hw-clip">
    <span className="hw-muted">{kindText(identifier.kind)}</span> {identifier.value}
  </span>
)
