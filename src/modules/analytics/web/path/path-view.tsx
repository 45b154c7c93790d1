import { ForkOutlined } from '@ant-design/icons'
import { useWords } from '#ui/i18n.ts'
import type { KindView } from '../kind-view.ts'
import { commonPart } from '../question-state.ts'
import { PathOptionsBar } from './PathOptionsBar.tsx'
import { PathResult } from './PathResult.tsx'
import { pathOptions, shownEdges, shownSteps } from './path-options.ts'
import { pathWords } from './path-words.ts'

export const pathView: KindView<'path'> = {
  kind: 'path',
  icon: <ForkOutlined aria-hidden="true" />,
  useTitle: () => useWords(pathWords)('title'),
  useNotes: () => {
    const t = useWords(pathWords)
    return [t('noteSession'), t('noteRepeat'), t('noteEnds'), t('noteExit'), t('noteOther')]
  },
  uses: { breakdown: false, interval: false, compare: false, maths: false, mostEvents: 0 },
  question: (state) => {
    const { by, gap, least, include, exclude, groups, start, end, ...options } = pathOptions(state)
    const steps = options.steps ?? shownSteps
    return {
      kind: 'path',
      ...commonPart(state),
      by: by === undefined ? 'event' : { prop: by },
      start: start ?? null,
      end: end ?? null,
      ...options,
      // Between a start and an end something must fit in.
      steps: start !== undefined && end !== undefined ? Math.max(3, steps) : steps,
      edges: options.edges ?? shownEdges,
      ...(gap ? { gap_minutes: gap } : {}),
      ...(least ? { min_weight: least } : {}),
      ...(include?.length ? { include } : {}),
      ...(exclude?.length ? { exclude } : {}),
      ...(groups?.length ? { groups } : {}),
    }
  },
  Options: PathOptionsBar,
  Result: PathResult,
}
