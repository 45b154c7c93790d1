import { Dropdown, Tag } from 'antd'
import { useState } from 'react'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { ResultProps } from '../kind-view.ts'
import { useShown } from '../shown-state.tsx'
import { GroupDialog } from './GroupDialog.tsx'
import { PathFlow } from './PathFlow.tsx'
import { PathTable } from './PathTable.tsx'
import { readNode } from './path-nodes.ts'
import { pathOptions, withPathOptions } from './path-options.ts'
import { pathWords } from './path-words.ts'
import { useItemNames } from './use-item-names.ts'
import { useNodeMenu } from './use-node-menu.tsx'
import './path.css'

type Place = { id: string; x: number; y: number }

/** The flow as a picture over the same as a table; a node opens what can be done with it, a link its people. */
export function PathResult(props: ResultProps<'path'>) {
  const { answer, onCell, question } = props
  const t = useWords(pathWords)
  const { language } = useDisplay()
  const { state, change, small } = useShown()
  const { nameOf } = useItemNames()
  const options = pathOptions(state)
  const [place, setPlace] = useState<Place>()
  const [group, setGroup] = useState<string>()
  const menuOf = useNodeMenu(props, setGroup)
  const count = exactNumber(answer.sessions, language)
  const openEdge = (source: string, target: string) => {
    const [from, to] = [readNode(source), readNode(target)]
    const names = { from: nameOf(from.item), to: nameOf(to.item) }
    onCell({ source, target }, t('edgeTitle', { place: from.place, ...names }))
  }
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('chart')}>
        {!small && (
          <div className="hw-bar path-summary">
            <strong>{t(question.count === 'people' ? 'summaryPeople' : 'summary', { count })}</strong>
            {answer.gathered > 0 && (
              <span className="hw-fine">
                {t('gathered', { count: exactNumber(answer.gathered, language) })}
              </span>
            )}
            {options.start !== undefined && (
              <Tag closable onClose={() => change(withPathOptions(state, { start: undefined }))}>
                {t('ofStart', { item: nameOf(options.start) })}
              </Tag>
            )}
            {options.end !== undefined && (
              <Tag closable onClose={() => change(withPathOptions(state, { end: undefined }))}>
                {t('ofEnd', { item: nameOf(options.end) })}
              </Tag>
            )}
            {(options.exclude ?? []).map((item) => (
              <Tag
                key={item}
                closable
                onClose={() =>
                  change(withPathOptions(state, { exclude: options.exclude?.filter((one) => one !== item) }))
                }
              >
                {t('without', { item: nameOf(item) })}
              </Tag>
            ))}
          </div>
        )}
        {answer.edges.length === 0 ? (
          <p className="hw-muted path-nothing">{t('nothing')}</p>
        ) : (
          <div className="path-frame">
            <PathFlow answer={answer} onNode={(id, x, y) => setPlace({ id, x, y })} onEdge={openEdge} />
            {place && (
              <Dropdown
                open
                trigger={['click']}
                menu={menuOf(place.id)}
                onOpenChange={(open) => !open && setPlace(undefined)}
              >
                <span className="path-pin" style={{ left: place.x, top: place.y }} />
              </Dropdown>
            )}
          </div>
        )}
        {!small && answer.edges.length > 0 && <p className="hw-fine path-hint">{t('hint')}</p>}
      </section>
      {answer.edges.length > 0 && <PathTable {...props} menuOf={menuOf} />}
      {group !== undefined && (
        <GroupDialog
          options={options}
          initial={{ name: '', patterns: [group] }}
          onClose={() => setGroup(undefined)}
          onSave={(made) => change(withPathOptions(state, { groups: [...(options.groups ?? []), made] }))}
        />
      )}
    </>
  )
}
