import { Modal, Switch } from 'antd'
import { useId, useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { Keys } from '#ui/Keys.tsx'
import { singleKeysOff, switchSingleKeys, useShortcutList } from '#ui/shortcuts.ts'
import { uiWords } from '#ui/ui-words.ts'

/** All shortcuts of the page, made from the registry the handlers are in. */
export function ShortcutOverlay({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useWords(uiWords)
  const list = useShortcutList()
  const id = useId()
  const [off, setOff] = useState(singleKeysOff)
  const groups = Map.groupBy(list, (shortcut) => shortcut.group)
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('shortcuts')} width={640}>
      <div className="hw-shortcuts">
        {[...groups].map(([group, shortcuts]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {shortcuts.map((shortcut) => (
                <div key={shortcut.keys}>
                  <dt>{shortcut.label}</dt>
                  <dd>
                    <Keys keys={shortcut.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label htmlFor={id} className="hw-shortcuts-off">
        <Switch
          id={id}
          size="small"
          checked={off}
          onChange={(next) => {
            switchSingleKeys(next)
            setOff(next)
          }}
        />
        {t('shortcutsOff')}
      </label>
      <p className="hw-fine">{t('shortcutsHint')}</p>
    </Modal>
  )
}
