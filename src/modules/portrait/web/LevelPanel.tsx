import { SettingOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { attributeTitle } from '#modules/profiles/web/attribute-words.ts'
import { useWords } from '#ui/i18n.ts'
import { useCan } from '#web/session.ts'
import type { Level, LevelCheck, Overview } from '../contract.ts'
import { ImportantDialog } from './ImportantDialog.tsx'
import { portraitWords } from './portrait-words.ts'
import './portrait.css'

const dots: Record<Level, number> = { none: 0, low: 1, medium: 2, high: 3 }

/** ●●○ and its word. */
export function LevelDots({ level }: { level: Level }) {
  const t = useWords(portraitWords)
  return (
    <span className="portrait-level">
      <span aria-hidden="true" className={`portrait-dots portrait-dots-${level}`}>
        {'●'.repeat(dots[level])}
        {'○'.repeat(3 - dots[level])}
      </span>
      <strong>{t(`level.${level}`)}</strong>
    </span>
  )
}

/** How well somebody is known, what is missing for more, and where to get it. */
export function LevelPanel({ overview }: { overview: Overview }) {
  const t = useWords(portraitWords)
  const can = useCan()
  const [choosing, setChoosing] = useState(false)
  const missing = overview.checks.filter((check) => !check.met)
  return (
    <section className="hw-panel" aria-label={t('level')}>
      <div className="hw-panel-head">
        <h2>{t('level')}</h2>
        <LevelDots level={overview.level} />
        {can('setting:write') && (
          <Button
            type="text"
            size="small"
            icon={<SettingOutlined aria-hidden="true" />}
            aria-label={t('choose')}
            title={t('choose')}
            onClick={() => setChoosing(true)}
          />
        )}
      </div>
      <div className="hw-panel-body portrait-missing">
        <p className="hw-muted">{t(`about.${overview.level}`)}</p>
        {missing.length === 0 ? (
          <p className="hw-fine">{t('nothingMissing')}</p>
        ) : (
          <>
            <h3 className="hw-fine">{t('missing')}</h3>
            <ul>
              {missing.map((check) => (
                <Missing key={check.code} check={check} />
              ))}
            </ul>
          </>
        )}
      </div>
      {choosing && <ImportantDialog onClose={() => setChoosing(false)} />}
    </section>
  )
}

function Missing({ check }: { check: LevelCheck }) {
  const t = useWords(portraitWords)
  const names = check.attributes?.map((name) => attributeTitle(name)) ?? []
  return (
    <li>
      <div className="portrait-check">
        <span className="hw-clip">{t(`check.${check.code}`)}</span>
        <span className="hw-pill">{t(`level.${check.level}`)}</span>
      </div>
      <p className="hw-fine">
        {names.length > 0 && `${t('unknown', { names: names.join(t('listSep')) })} · `}
        {t(`get.${check.code}`)} <Where code={check.code} />
      </p>
    </li>
  )
}

/** The page where it can be got, for who may open it. */
function Where({ code }: { code: LevelCheck['code'] }) {
  const t = useWords(portraitWords)
  const can = useCan()
  const byFile = ['identity', 'some_attributes', 'all_attributes', 'contact', 'order']
  if (byFile.includes(code) && can('import:write')) return <Link to="/imports">{t('toImport')}</Link>
  if (code === 'activity' && can('event:read')) return <Link to="/catalogue">{t('toPlan')}</Link>
  if (code === 'tag' && can('tag:write')) return <Link to="/tags">{t('toTags')}</Link>
  return null
}
