import { Segmented } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useDisplay } from '#ui/display.tsx'
import { type Language, useWords } from '#ui/i18n.ts'
import { setPreferences } from '#web/preferences.ts'
import { Mark } from '#web/shell/Rail.tsx'
import { doorWords } from './door-words.ts'
import './door.css'

type Props = { title: string; purpose?: ReactNode; children: ReactNode; wide?: boolean }

/** One quiet card for everything before the shell; the language can be changed before anybody is known. */
export function DoorFrame({ title, purpose, children, wide = false }: Props) {
  const t = useWords(doorWords)
  const { language } = useDisplay()
  useEffect(() => {
    document.title = `${title} · Headwater`
  }, [title])
  return (
    <div className="door">
      <DoorRiver />
      <main className={`door-card${wide ? ' door-card-wide' : ''}`}>
        <div className="door-mark">
          <Mark size={36} />
        </div>
        <h1>{title}</h1>
        {purpose && <p className="door-purpose">{purpose}</p>}
        {children}
      </main>
      <footer className="door-foot">
        <span>{t('brandLine')}</span>
        <Segmented<Language>
          size="small"
          aria-label={t('languageLabel')}
          value={language}
          onChange={(chosen) => setPreferences({ language: chosen })}
          options={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
        />
      </footer>
    </div>
  )
}

function DoorRiver() {
  const wave = (y: number) =>
    `M0 ${y}c120-48 240-48 360 0s240 48 360 0 240-48 360 0 240 48 360 0v${400 - y}H0z`
  return (
    <svg className="door-river" viewBox="0 0 1440 400" preserveAspectRatio="none" aria-hidden="true">
      {[120, 200, 280].map((y) => (
        <path key={y} d={wave(y)} />
      ))}
    </svg>
  )
}
