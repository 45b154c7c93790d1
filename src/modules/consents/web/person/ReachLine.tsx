import { Popover } from 'antd'
import type { Profile } from '#modules/profiles/contract.ts'
import { channelWords } from '#ui/channel-words.ts'
import { useDisplay } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import type { ChannelReach } from '../../contract/shapes.ts'
import { routes } from '../../contract.ts'
import { consentWords } from '../consent-words.ts'
import '../consents.css'

/** By which channels somebody can be reached, and why not: 可触达：短信 ✓ 微信 ✓ 邮件 退订. */
export function ReachLine({ person }: { person: Profile }) {
  const t = useWords(consentWords)
  const may = useCan()('consent:read')
  const query = useRoute(routes.ofPerson, { params: { id: person.id } }, { enabled: may, every: 10_000 })
  if (!may || !query.data) return null
  const { channels } = query.data
  return (
    <div className="reach-line">
      <span className="hw-fine">{t('reach')}</span>
      <ul aria-label={t('reach')}>
        {channels.map((one) => (
          <li key={one.channel}>
            <Way reach={one} />
          </li>
        ))}
        {channels.length === 0 && <li className="hw-fine">{t('nothing')}</li>}
      </ul>
    </div>
  )
}

function Way({ reach }: { reach: ChannelReach }) {
  const t = useWords(consentWords)
  const c = useWords(channelWords)
  const name = c(reach.channel)
  return (
    <Popover content={<Why reach={reach} />} trigger={['hover', 'focus', 'click']} placement="bottomLeft">
      <button
        type="button"
        className={`hw-pill reach-way ${reach.reachable ? 'hw-pill-success' : 'hw-pill-warning'}`}
      >
        {name} {reach.why === null ? <span aria-hidden="true">✓</span> : t(`why.${reach.why}`)}
      </button>
    </Popover>
  )
}

function Why({ reach }: { reach: ChannelReach }) {
  const t = useWords(consentWords)
  const { language } = useDisplay()
  const topics = useRoute(routes.listTopics, {}, { staleTime: 60_000 })
  const nameOf = (key: string) => topics.data?.items.find((one) => one.key === key)?.name[language] ?? key
  return (
    <div className="reach-why">
      {reach.why !== null && <p>{t(`whyLong.${reach.why}`)}</p>}
      <dl>
        {reach.topics.map(({ topic, reachable, why }) => (
          <div key={topic}>
            <dt>{nameOf(topic)}</dt>
            <dd className={reachable ? undefined : 'hw-muted'}>{why === null ? '✓' : t(`why.${why}`)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
