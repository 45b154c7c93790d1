import { Checkbox, Segmented, Skeleton } from 'antd'
import { useEffect } from 'react'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import type { Fault, Template } from '../../contract/template.ts'
import { contentWords } from '../content-words.ts'
import { MailFrame } from './MailFrame.tsx'
import { MissingPanel } from './MissingPanel.tsx'
import { PersonSelect } from './PersonSelect.tsx'
import { PhoneFrame } from './PhoneFrame.tsx'
import { PreviewNotes } from './PreviewNotes.tsx'
import { usePreview } from './use-preview.ts'

type Looked = {
  person?: string | undefined
  width?: 'phone' | undefined
  dark?: boolean | undefined
  plain?: boolean | undefined
}
type Props = {
  template: Template
  language: string
  body: Record<string, unknown>
  onFaults: (faults: Fault[]) => void
  search: Looked
  set: (change: Looked) => void
}
const clipBytes = 102 * 1024

/** What one person would get, made by the server from what is on the screen. */
export function PreviewPanel({ template, language, body, onFaults, search, set }: Props) {
  const t = useWords(contentWords)
  const asked = usePreview(template, language, body, search.person)
  const shown = asked.data
  useEffect(() => {
    if (shown) onFaults(shown.faults)
  }, [shown, onFaults])
  const isMail = template.channel === 'email'
  const size = shown && Math.max(1, Math.round(shown.bytes / 1024))
  return (
    <div className="content-preview">
      <div className="hw-bar">
        <PersonSelect value={search.person} onChange={(person) => set({ person })} />
        {isMail && (
          <>
            <Segmented
              options={(['desktop', 'phone'] as const).map((value) => ({ value, label: t(value) }))}
              value={search.width ?? 'desktop'}
              onChange={(width) => set({ width: width === 'phone' ? 'phone' : undefined })}
            />
            {(['dark', 'plain'] as const).map((name) => (
              <Checkbox
                key={name}
                checked={search[name] === true}
                onChange={({ target }) => set({ [name]: target.checked || undefined })}
              >
                {t(name)}
              </Checkbox>
            ))}
            {shown && (
              <span className="hw-fine">
                {t(shown.bytes > clipBytes ? 'sizeClipped' : 'size', { kb: size })}
              </span>
            )}
          </>
        )}
      </div>
      {asked.error && <ErrorState error={asked.error} retry={() => void asked.refetch()} compact />}
      {asked.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {shown && <PreviewNotes preview={shown} />}
      <MissingPanel template={template} />
      {shown?.rendered &&
        (isMail ? (
          <MailFrame
            rendered={shown.rendered}
            isPhone={search.width === 'phone'}
            isDark={search.dark === true}
            isPlain={search.plain === true}
          />
        ) : (
          <PhoneFrame channel={template.channel} rendered={shown.rendered} />
        ))}
    </div>
  )
}
