import { Select } from 'antd'
import { type ChannelKind, channelKinds } from '#slots/channel-kind.ts'
import { channelWords } from '#ui/channel-words.ts'
import { useWords } from '#ui/i18n.ts'
import { type ConsentLeaf, consentStates, type ReachableLeaf } from '../contract.ts'
import { useRuleCatalogue } from './rule-catalogue.ts'
import { ruleWords } from './rule-words.ts'
import { type LineProps, NotWord } from './SimpleLines.tsx'

/** "Consent to news by email is granted". */
export function ConsentLine({ leaf, negated, onChange, onNegate }: LineProps<ConsentLeaf>) {
  const t = useWords(ruleWords)
  const { consent } = leaf
  const set = (change: Partial<ConsentLeaf['consent']>) => onChange({ consent: { ...consent, ...change } })
  return (
    <>
      <span className="rule-word">{t('consent')}</span>
      <ChannelInput value={consent.channel} onChange={(channel) => set({ channel })} />
      <TopicInput value={consent.topic} onChange={(topic) => set({ topic: topic ?? '' })} />
      <NotWord words={[t('owner.is'), t('owner.isNot')]} negated={negated} onNegate={onNegate} />
      <Select
        className="rule-pick"
        variant="filled"
        size="small"
        aria-label={t('consent.state')}
        value={consent.is}
        options={consentStates.map((value) => ({ value, label: t(`consent.${value}`) }))}
        onChange={(is) => set({ is })}
        popupMatchSelectWidth={false}
      />
    </>
  )
}

/** "Can be reached by SMS about offers". */
export function ReachableLine({ leaf, negated, onChange, onNegate }: LineProps<ReachableLeaf>) {
  const t = useWords(ruleWords)
  const { channel, topic } = leaf.reachable
  const set = (next: ReachableLeaf['reachable']) => onChange({ reachable: next })
  return (
    <>
      <NotWord words={[t('reachable'), t('notReachable')]} negated={negated} onNegate={onNegate} />
      <ChannelInput
        value={channel}
        onChange={(next) => set({ channel: next, ...(topic === undefined ? {} : { topic }) })}
      />
      <TopicInput
        value={topic}
        any={t('reachable.any')}
        onChange={(next) => set(next === undefined ? { channel } : { channel, topic: next })}
      />
    </>
  )
}

function ChannelInput({ value, onChange }: { value: ChannelKind; onChange: (channel: ChannelKind) => void }) {
  const t = useWords(ruleWords)
  const c = useWords(channelWords)
  return (
    <Select
      className="rule-pick"
      variant="filled"
      size="small"
      aria-label={t('channel')}
      value={value}
      options={channelKinds.map((kind) => ({ value: kind, label: c(kind) }))}
      onChange={onChange}
      popupMatchSelectWidth={false}
    />
  )
}

type TopicProps = {
  value: string | undefined
  /** What stands for no topic, where none need be chosen. */
  any?: string
  onChange: (topic: string | undefined) => void
}
// antd takes an empty value for none chosen.
const anyTopic = '*'

function TopicInput({ value, any, onChange }: TopicProps) {
  const t = useWords(ruleWords)
  const { topics = [] } = useRuleCatalogue()
  const known = topics.some((one) => one.key === value)
  const options = [
    ...(any === undefined ? [] : [{ value: anyTopic, label: any }]),
    ...topics.map((one) => ({ value: one.key, label: one.name })),
    ...(value === undefined || value === '' || known ? [] : [{ value, label: value }]),
  ]
  return (
    <Select
      className="rule-pick"
      variant="filled"
      size="small"
      aria-label={t('topic')}
      placeholder={t('chooseTopic')}
      status={value === '' ? 'warning' : ''}
      value={value === undefined ? anyTopic : value === '' ? null : value}
      options={options}
      onChange={(next) => onChange(next === anyTopic || next === null ? undefined : next)}
      popupMatchSelectWidth={false}
    />
  )
}
