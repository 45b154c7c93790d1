import type { Block, Blocks, Section } from './design.ts'
import { writeMjml } from './write-mjml.ts'

export const startingKinds = ['welcome', 'reminder', 'cart', 'newsletter', 'win_back'] as const
export type StartingKind = (typeof startingKinds)[number]
export type StartingTemplate = {
  key: string
  kind: StartingKind
  language: 'zh-CN' | 'en'
  subject: string
  preheader: string
  mjml: string
}

const block = <K extends keyof Blocks>(kind: K, said: Blocks[K]): Block =>
  ({ id: '', kind, ...said }) as unknown as Block
const text = (html: string) => block('text', { html, align: 'left' })
const heading = (html: string, level: 1 | 2 | 3 = 1) => block('heading', { html, level, align: 'left' })
const button = (label: string, href: string) => block('button', { label, href, align: 'left', colour: '' })
const section = (...columns: Block[][]): Section => ({ id: '', columns, background: '#FFFFFF', code: null })
const site = 'https://www.example.com'

const footers = {
  'zh-CN': block('footer', {
    html: '你收到这封邮件，是因为你注册了 {{ workspace.name }}。<br /><a href="{{ links.preferences }}">管理订阅</a> · <a href="{{ links.unsubscribe }}">退订</a>',
  }),
  en: block('footer', {
    html: 'You get this mail because you signed up with {{ workspace.name }}.<br /><a href="{{ links.preferences }}">Preferences</a> · <a href="{{ links.unsubscribe }}">Unsubscribe</a>',
  }),
}

type Said = { subject: string; preheader: string; sections: Section[] }
const said: Record<StartingKind, Record<'zh-CN' | 'en', Said>> = {
  welcome: {
    'zh-CN': {
      subject: '{{ person.first_name | default: "同学" }}，欢迎加入 {{ workspace.name }}',
      preheader: '三步开始你的第一节课',
      sections: [
        section([
          heading('{{ person.first_name | default: "同学" }}，欢迎你'),
          text(
            '<p>很高兴你来了。花三分钟做好下面三件事，就可以开始第一节课：</p><ul><li>选一个学习目标</li><li>做一次水平测试</li><li>预约一节免费试听课</li></ul>',
          ),
          button('开始第一节课', `${site}/start`),
        ]),
        section(
          [heading('真人老师', 3), text('<p>每节课都有老师在线答疑，不懂就问。</p>')],
          [heading('随时回看', 3), text('<p>错过直播也没关系，回放和笔记都为你留着。</p>')],
        ),
      ],
    },
    en: {
      subject: 'Welcome to {{ workspace.name }}, {{ person.first_name | default: "there" }}',
      preheader: 'Three steps to your first lesson',
      sections: [
        section([
          heading('Welcome, {{ person.first_name | default: "there" }}'),
          text(
            '<p>We are glad you are here. Three minutes, three steps, and your first lesson can begin:</p><ul><li>Choose a goal</li><li>Find your level</li><li>Book a free trial lesson</li></ul>',
          ),
          button('Start the first lesson', `${site}/start`),
        ]),
        section(
          [
            heading('Real teachers', 3),
            text('<p>Somebody answers in every lesson, so you never stay stuck.</p>'),
          ],
          [heading('Watch it again', 3), text('<p>Missed it live? Recordings and notes wait for you.</p>')],
        ),
      ],
    },
  },
  reminder: {
    'zh-CN': {
      subject: '《{{ event.properties.course | default: "你的课程" }}》快开课了',
      preheader: '准备好纸笔，我们课上见',
      sections: [
        section([
          heading('别忘了，快开课了'),
          text(
            '<p>{{ person.first_name | default: "同学" }}，你预约的《{{ event.properties.course | default: "课程" }}》将在 <strong>{{ event.properties.starts_at | date: "datetime" | default: "今天" }}</strong> 开始。</p><p>建议提前五分钟进入教室，检查声音和网络。</p>',
          ),
          button('进入教室', `${site}/classroom`),
        ]),
      ],
    },
    en: {
      subject: '{{ event.properties.course | default: "Your lesson" }} starts soon',
      preheader: 'Pen and paper ready? See you in class',
      sections: [
        section([
          heading('Your lesson starts soon'),
          text(
            '<p>{{ person.first_name | default: "Hello" }}, {{ event.properties.course | default: "your lesson" }} begins <strong>{{ event.properties.starts_at | date: "datetime" | default: "today" }}</strong>.</p><p>Come five minutes early to check sound and network.</p>',
          ),
          button('Enter the classroom', `${site}/classroom`),
        ]),
      ],
    },
  },
  cart: {
    'zh-CN': {
      subject: '你选的课还在购物车里',
      preheader: '名额有限，为你保留 24 小时',
      sections: [
        section([
          heading('还差一步'),
          text(
            '<p>{{ person.first_name | default: "同学" }}，你挑好的课程还没有付款，我们为你保留 24 小时。</p>',
          ),
          block('card', {
            image: `${site}/course.png`,
            title: '{{ event.properties.product | default: "你挑选的课程" }}',
            text: '小班直播，随到随学，七天内不满意全额退款。',
            price: '{{ event.properties.price | money | default: "" }}',
            label: '去付款',
            href: `${site}/cart`,
          }),
        ]),
        section([
          block('coupon', {
            title: '现在付款，再减一点',
            code: '{{ coupon.code | default: "NEWSTART" }}',
            note: '结算时输入，48 小时内有效。',
          }),
        ]),
      ],
    },
    en: {
      subject: 'Your course is still in the cart',
      preheader: 'We keep your place for 24 hours',
      sections: [
        section([
          heading('One step left'),
          text(
            '<p>{{ person.first_name | default: "Hello" }}, the course you chose is not paid yet. We keep your place for 24 hours.</p>',
          ),
          block('card', {
            image: `${site}/course.png`,
            title: '{{ event.properties.product | default: "Your course" }}',
            text: 'Live, in small groups; money back within seven days.',
            price: '{{ event.properties.price | money: "USD" | default: "" }}',
            label: 'To the checkout',
            href: `${site}/cart`,
          }),
        ]),
        section([
          block('coupon', {
            title: 'A little off if you finish now',
            code: '{{ coupon.code | default: "NEWSTART" }}',
            note: 'Enter it at the checkout; valid for 48 hours.',
          }),
        ]),
      ],
    },
  },
  newsletter: {
    'zh-CN': {
      subject: '{{ workspace.name }} 周报：本周值得学的三件事',
      preheader: '新课、好文和大家的进步',
      sections: [
        section([
          heading('本周值得学的三件事'),
          text('<p>{{ person.first_name | default: "你好" }}，这是为你挑选的本周内容。</p>'),
        ]),
        section(
          [
            block('card', {
              image: `${site}/news-1.png`,
              title: '新课上线',
              text: '从零开始的数据分析，四周做出第一张看板。',
              price: '限时 ¥199',
              label: '了解课程',
              href: `${site}/courses/data`,
            }),
          ],
          [
            block('card', {
              image: `${site}/news-2.png`,
              title: '学员故事',
              text: '她用一百天，从背单词到全英文面试。',
              price: '',
              label: '读下去',
              href: `${site}/stories/100`,
            }),
          ],
        ),
        section([
          block('divider', {}),
          heading('一句话建议', 2),
          text('<p>每天固定同一时间学二十分钟，比周末突击三小时更有效。</p>'),
          block('social', {
            align: 'center',
            items: [
              { network: 'wechat', href: `${site}/wechat` },
              { network: 'weibo', href: `${site}/weibo` },
            ],
          }),
        ]),
      ],
    },
    en: {
      subject: '{{ workspace.name }} weekly: three things worth learning',
      preheader: 'A new course, a story, one piece of advice',
      sections: [
        section([
          heading('Three things worth learning'),
          text('<p>Hello {{ person.first_name | default: "there" }}, this week’s picks for you.</p>'),
        ]),
        section(
          [
            block('card', {
              image: `${site}/news-1.png`,
              title: 'New course',
              text: 'Data analysis from zero: your first dashboard in four weeks.',
              price: '$29 this week',
              label: 'See the course',
              href: `${site}/courses/data`,
            }),
          ],
          [
            block('card', {
              image: `${site}/news-2.png`,
              title: 'A learner’s story',
              text: 'A hundred days from word lists to an interview in English.',
              price: '',
              label: 'Read on',
              href: `${site}/stories/100`,
            }),
          ],
        ),
        section([
          block('divider', {}),
          heading('One piece of advice', 2),
          text('<p>Twenty minutes at the same time every day beat three hours on Sunday.</p>'),
          block('social', {
            align: 'center',
            items: [
              { network: 'linkedin', href: `${site}/linkedin` },
              { network: 'youtube', href: `${site}/youtube` },
            ],
          }),
        ]),
      ],
    },
  },
  win_back: {
    'zh-CN': {
      subject: '{{ person.first_name | default: "同学" }}，好久不见',
      preheader: '你的进度还在，回来接着学',
      sections: [
        section([
          heading('好久不见'),
          text(
            '<p>{{ person.first_name | default: "同学" }}，你上次学到的地方，我们都记着。</p><p>这段时间我们上了新课，也改掉了大家提到的小毛病。回来看看？</p>',
          ),
          block('coupon', {
            title: '送你一张回归券',
            code: '{{ coupon.code | default: "WELCOMEBACK" }}',
            note: '七天内任意课程可用。',
          }),
          button('接着学', `${site}/continue`),
        ]),
      ],
    },
    en: {
      subject: 'It has been a while, {{ person.first_name | default: "friend" }}',
      preheader: 'Your progress is where you left it',
      sections: [
        section([
          heading('It has been a while'),
          text(
            '<p>{{ person.first_name | default: "Hello" }}, we kept your place.</p><p>There are new courses, and what people told us about is better now. Have a look?</p>',
          ),
          block('coupon', {
            title: 'Something to come back for',
            code: '{{ coupon.code | default: "WELCOMEBACK" }}',
            note: 'For any course, within seven days.',
          }),
          button('Go on learning', `${site}/continue`),
        ]),
      ],
    },
  },
}

/** Ready-made mails to begin with. */
export const startingTemplates: readonly StartingTemplate[] = startingKinds.flatMap((kind) =>
  (['zh-CN', 'en'] as const).map((language) => {
    const { subject, preheader, sections } = said[kind][language]
    const whole = [...sections, { id: '', columns: [[footers[language]]], background: '', code: null }]
    const mjml = writeMjml({ head: '<hw-brand />', body: 'background-color="#F6F8FA"', sections: whole })
    return { key: `${kind}_${language}`, kind, language, subject, preheader, mjml }
  }),
)
