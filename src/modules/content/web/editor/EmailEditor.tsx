import { Skeleton } from 'antd'
import { lazy, Suspense } from 'react'
import { useWords } from '#ui/i18n.ts'
import type { Fault } from '../../contract/template.ts'
import { contentWords } from '../content-words.ts'
import { CodeView } from './CodeView.tsx'
import { LiquidInput } from './LiquidInput.tsx'
import type { Draft } from './use-draft.ts'

const BlockEditor = lazy(async () => ({ default: (await import('../blocks/BlockEditor.tsx')).BlockEditor }))
type Props = { draft: Draft; isCode: boolean; readOnly: boolean; faults: readonly Fault[] }

/** Subject and preview text above; below the mail as blocks or as code: two views of one MJML. */
export function EmailEditor({ draft, isCode, readOnly, faults }: Props) {
  const t = useWords(contentWords)
  const { body, change } = draft
  const text = (key: string) => String(body[key] ?? '')
  const isHtml = body.mjml === undefined
  const key = isHtml ? 'html' : 'mjml'
  return (
    <div className="content-mail">
      <div className="content-head-fields">
        {(['subject', 'preheader'] as const).map((name) => (
          <div key={name} className="content-field">
            <span>{t(name)}</span>
            <LiquidInput
              value={text(name)}
              label={t(name)}
              maxLength={500}
              readOnly={readOnly}
              onChange={(next) => change({ ...body, [name]: next })}
            />
          </div>
        ))}
      </div>
      {isCode || isHtml ? (
        <CodeView
          text={text(key)}
          faults={faults}
          readOnly={readOnly}
          note={t(isHtml ? 'noDesign' : 'codeNote')}
          onChange={(next) => change({ ...body, [key]: next })}
        />
      ) : (
        <Suspense fallback={<Skeleton active paragraph={{ rows: 8 }} />}>
          <BlockEditor
            mjml={text('mjml')}
            readOnly={readOnly}
            onChange={(mjml) => change({ ...body, mjml })}
          />
        </Suspense>
      )}
    </div>
  )
}
