import { Checkbox, Modal, Segmented } from 'antd'
import { useState } from 'react'
import type { Plan } from '#modules/plans/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { planWords } from './plan-words.ts'
import { useSavePlan } from './use-save-plan.ts'

/** What becomes of events that differ; blocking is asked about, as what is not stored cannot be got back here. */
export function PlanMode({ plan, mayWrite }: { plan: Plan; mayWrite: boolean }) {
  const t = useWords(planWords)
  const toast = useToast()
  const savePlan = useSavePlan(plan)
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const save = async (change: Partial<Plan>) => {
    setBusy(true)
    try {
      await savePlan(change)
      toast.done(t('saved'))
      setAsking(false)
    } catch (error) {
      toast.failed(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="hw-bar plan-mode">
      <span>{t('mode')}</span>
      <Segmented
        value={plan.mode}
        disabled={!mayWrite || busy}
        options={(['mark', 'block'] as const).map((value) => ({ value, label: t(`mode_${value}`) }))}
        onChange={(mode) => (mode === 'block' ? setAsking(true) : void save({ mode }))}
        aria-label={t('mode')}
      />
      <span className="hw-fine">{t(`modeHint_${plan.mode}`)}</span>
      <Checkbox
        checked={plan.unplanned === 'mark'}
        disabled={!mayWrite || busy}
        onChange={(event) => void save({ unplanned: event.target.checked ? 'mark' : 'allow' })}
      >
        {t('unplanned')}
      </Checkbox>
      <span className="hw-bar-grow" />
      <span className="hw-fine">{t('version', { version: plan.version, by: plan.changedBy ?? '' })}</span>
      <Modal
        open={asking}
        title={t('blockTitle')}
        okText={t('blockAction')}
        confirmLoading={busy}
        onOk={() => void save({ mode: 'block' })}
        onCancel={() => setAsking(false)}
      >
        {t('blockText')}
      </Modal>
    </div>
  )
}
