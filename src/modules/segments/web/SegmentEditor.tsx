import { Segmented } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { RevealProvider } from '#modules/profiles/web/reveal/RevealProvider.tsx'
import type { Rule } from '#modules/rules/contract.ts'
import { asRoot } from '#modules/rules/web/edit-rule.ts'
import { RuleEditor } from '#modules/rules/web/RuleEditor.tsx'
import { readRule } from '#modules/rules/web/read-rule.ts'
import { useWords } from '#ui/i18n.ts'
import { useShortcut } from '#ui/shortcuts.ts'
import { useToast } from '#ui/use-toast.tsx'
import { RuleCatalogueProvider } from '#web/RuleCatalogueProvider.tsx'
import { useCan } from '#web/session.ts'
import { useRulePreview } from '#web/use-rule-preview.ts'
import type { Segment } from '../contract.ts'
import { EditorHeader } from './EditorHeader.tsx'
import { ReachPanel } from './ReachPanel.tsx'
import { RuleJson } from './RuleJson.tsx'
import { SamplePanel } from './SamplePanel.tsx'
import { SegmentTabs } from './SegmentTabs.tsx'
import type { SegmentTab } from './segment-tabs.ts'
import { segmentWords } from './segment-words.ts'
import { TestPanel } from './TestPanel.tsx'
import { TotalPanel } from './TotalPanel.tsx'
import { useLeaveGuard } from './use-leave-guard.ts'
import { usePersonTest } from './use-person-test.ts'
import './segments.css'

export type Draft = { name: string; description: string; rule: Rule }
/** `note`: what is said about the new version, when the rule is a new one. */
export type SavedDraft = Draft & { note: string }
export type EditorSearch = {
  rule?: Record<string, unknown> | undefined
  test?: string | undefined
  view?: 'sentences' | 'json' | undefined
  tab?: SegmentTab | undefined
}
type Props = {
  segment?: Segment
  start: Draft
  search: EditorSearch
  onSearch: (change: EditorSearch) => void
  saving: boolean
  /** Answers what to do once the editor knows that nothing is unsaved any more. */
  onSave: (draft: SavedDraft) => Promise<() => void>
  onRemove?: () => Promise<void>
}

export function SegmentEditor({ segment, start, search, onSearch, saving, onSave, onRemove }: Props) {
  const t = useWords(segmentWords)
  const can = useCan()
  const toast = useToast()
  const [saved, setSaved] = useState<Draft>(start)
  const [draft, setDraft] = useState<Draft>(() => ({
    ...start,
    rule: asRoot(readRule(search.rule) ?? start.rule),
  }))
  // Saved elsewhere (an older version taken up again): what nobody has touched here follows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what the server has anew is taken in
  useEffect(() => {
    setDraft((now) => (isChanged(now, saved) ? now : { ...start, rule: asRoot(start.rule) }))
    setSaved(start)
  }, [start])
  const preview = useRulePreview(draft.rule)
  const test = usePersonTest(search.test, preview.part, preview.facts)
  const changed = useMemo(() => isChanged(draft, saved), [draft, saved])
  const ruleChanged = !isSameRule(draft.rule, saved.rule)
  const [note, setNote] = useState('')
  const [leaving, setLeaving] = useState(false)
  useDraftInAddress(draft.rule, saved.rule, search.rule, leaving ? undefined : onSearch)
  useLeaveGuard(changed)
  const obstacle = findObstacle(
    draft,
    preview.part.unfinished.length,
    changed || !segment,
    can('segment:write'),
  )
  const save = async () => {
    if (obstacle || saving) return
    try {
      const next = { ...draft, name: draft.name.trim() }
      const then = await onSave({ ...next, note: note.trim() })
      setNote('')
      // A new segment moves to its own address; the old one must not be written any more.
      setLeaving(!segment)
      setDraft(next)
      setSaved(next)
      then()
    } catch (error) {
      toast.failed(error)
    }
  }
  useShortcut('mod+s', t('saveShortcut'), t('groupPage'), () => void save())
  return (
    <RuleCatalogueProvider>
      <div className="hw-page segment-page">
        <EditorHeader
          segment={segment}
          draft={draft}
          changed={changed}
          saving={saving}
          obstacle={obstacle && t(obstacle.word, obstacle.values)}
          onChange={(change) => setDraft((old) => ({ ...old, ...change }))}
          onSave={() => void save()}
          onDiscard={() => setDraft({ ...saved, rule: asRoot(saved.rule) })}
          onRemove={onRemove}
        />
        {segment && (
          <SegmentTabs
            segment={segment}
            tab={search.tab}
            unsaved={changed}
            onTab={(tab) => onSearch({ tab })}
          />
        )}
        <div className="segment-columns" hidden={search.tab !== undefined}>
          <section className="hw-panel segment-rule">
            <div className="hw-panel-head">
              <h2>{t('rule')}</h2>
              <Segmented
                size="small"
                aria-label={t('view')}
                value={search.view ?? 'sentences'}
                options={[
                  { value: 'sentences', label: t('viewSentences') },
                  { value: 'json', label: t('viewJson') },
                ]}
                onChange={(view) => onSearch({ view: view === 'json' ? 'json' : undefined })}
              />
            </div>
            <div className="hw-panel-body">
              {search.view === 'json' ? (
                <RuleJson rule={draft.rule} onChange={(rule) => setDraft((old) => ({ ...old, rule }))} />
              ) : (
                <>
                  <p className="hw-fine segment-rule-note">{t('editPurpose')}</p>
                  <RuleEditor
                    rule={draft.rule}
                    onChange={(rule) => setDraft((old) => ({ ...old, rule }))}
                    facts={test.facts}
                    everyone={preview.detail?.everyone}
                  />
                </>
              )}
            </div>
          </section>
          <TotalPanel
            preview={preview}
            segment={segment}
            changed={changed}
            ruleChanged={ruleChanged}
            note={note}
            onNote={setNote}
          />
          <div className="segment-side">
            <ReachPanel rule={preview.part.rule} count={preview.detail?.count} />
            <TestPanel test={test} personId={search.test} onTest={(id) => onSearch({ test: id })} />
            <RevealProvider>
              <SamplePanel preview={preview} onTest={(id) => onSearch({ test: id })} />
            </RevealProvider>
          </div>
        </div>
      </div>
    </RuleCatalogueProvider>
  )
}

const isChanged = (draft: Draft, saved: Draft): boolean =>
  draft.name.trim() !== saved.name ||
  draft.description !== saved.description ||
  !isSameRule(draft.rule, saved.rule)

const isSameRule = (draft: Rule, saved: Rule): boolean =>
  JSON.stringify(draft) === JSON.stringify(asRoot(saved))

type Obstacle = { word: 'needName' | 'needLines' | 'noChange' | 'noRight'; values?: { count: number } }

/** Why saving is not possible; the button says it. */
function findObstacle(
  draft: Draft,
  unfinished: number,
  changed: boolean,
  may: boolean,
): Obstacle | undefined {
  if (!may) return { word: 'noRight' }
  if (draft.name.trim() === '') return { word: 'needName' }
  if (unfinished > 0) return { word: 'needLines', values: { count: unfinished } }
  return changed ? undefined : { word: 'noChange' }
}

/** The unsaved rule stands in the address, a moment after the last edit. */
function useDraftInAddress(
  rule: Rule,
  saved: Rule,
  inAddress: EditorSearch['rule'],
  onSearch: Props['onSearch'] | undefined,
): void {
  const text = JSON.stringify(rule)
  const wanted = text === JSON.stringify(asRoot(saved)) ? undefined : text
  const present = inAddress && JSON.stringify(inAddress)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a changed rule writes
  useEffect(() => {
    if (wanted === present || !onSearch) return
    const timer = setTimeout(
      () => onSearch({ rule: wanted === undefined ? undefined : JSON.parse(wanted) }),
      400,
    )
    return () => clearTimeout(timer)
  }, [wanted, onSearch === undefined])
}
