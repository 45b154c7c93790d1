import {
  DesktopOutlined,
  IdcardOutlined,
  LinkOutlined,
  MailOutlined,
  MobileOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { CopyText } from '#ui/CopyText.tsx'
import { useWords } from '#ui/i18n.ts'
import type { Identifier, Profile } from '../../contract.ts'
import { personWords } from '../person-words.ts'
import { RevealEye } from '../reveal/RevealEye.tsx'
import { identifierKey, kindText } from './identifier-text.ts'

const icons: Record<string, ReactNode> = {
  user_id: <IdcardOutlined aria-hidden="true" />,
  email: <MailOutlined aria-hidden="true" />,
  phone: <MobileOutlined aria-hidden="true" />,
  anonymous_id: <DesktopOutlined aria-hidden="true" />,
}

export const KindIcon = ({ kind }: { kind: string }) => (
  <span className="identity-icon" title={kindText(kind)}>
    {icons[kind] ?? <LinkOutlined aria-hidden="true" />}
  </span>
)

/** All identifiers at a glance; the reasons and the knife are in the drawer. */
export function IdentityPanel({ person, onOpen }: { person: Profile; onOpen: () => void }) {
  const t = useWords(personWords)
  return (
    <section className="hw-panel">
      <div className="hw-panel-head">
        <h2>
          {t('identity')}{' '}
          <span className="hw-fine">{t('summary', { identifiers: person.identifiers.length })}</span>
        </h2>
      </div>
      <ul className="identity-list">
        {person.identifiers.slice(0, 8).map((identifier: Identifier) => (
          <li key={identifierKey(identifier)}>
            <KindIcon kind={identifier.kind} />
            <span className="hw-fine">{kindText(identifier.kind)}</span>
            <CopyText text={identifier.value} />
            <RevealEye person={person} field={identifier.kind} what={kindText(identifier.kind)} />
          </li>
        ))}
      </ul>
      <Button type="link" size="small" className="identity-more" onClick={onOpen}>
        {t('identityAll')}
      </Button>
    </section>
  )
}
