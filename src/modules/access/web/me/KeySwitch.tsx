import { Switch } from 'antd'
import { useId, useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { singleKeysOff, switchSingleKeys } from '#ui/shortcuts.ts'
import { meWords } from './me-words.ts'

/** Shortcuts of one key can be switched off: they get in the way of speech input and of some hands. */
export function KeySwitch() {
  const t = useWords(meWords)
  const id = useId()
  const [on, setOn] = useState(!singleKeysOff())
  return (
    <section className="hw-panel set-form">
      <div className="hw-panel-head">
        <h2>{t('keyboard')}</h2>
      </div>
      <div className="hw-panel-body">
        <label htmlFor={id} className="set-switch">
          <Switch
            id={id}
            checked={on}
            onChange={(next) => {
              switchSingleKeys(!next)
              setOn(next)
            }}
          />
          <span>{t('singleKeys')}</span>
        </label>
        <p className="hw-fine">{t('singleKeysHint')}</p>
      </div>
    </section>
  )
}
