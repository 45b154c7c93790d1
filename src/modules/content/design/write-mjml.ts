import type { Block, Blocks, Design, Network, Section } from './design.ts'
import { attribute as a } from './markup.ts'

/** Marks of networks are letters in a circle: no pictures of theirs are ours to ship. */
export const networkMarks: Record<Network, { mark: string; colour: string }> = {
  weibo: { mark: '微博', colour: '#D52B2B' },
  wechat: { mark: '微信', colour: '#0F8A3C' },
  douyin: { mark: '抖音', colour: '#161823' },
  xiaohongshu: { mark: '小红书', colour: '#D9274A' },
  linkedin: { mark: 'LinkedIn', colour: '#0A66C2' },
  x: { mark: 'X', colour: '#14202B' },
  youtube: { mark: 'YouTube', colour: '#C4302B' },
  instagram: { mark: 'Instagram', colour: '#B4459A' },
  web: { mark: 'WWW', colour: '#5B6B7A' },
}

const writers: { [K in keyof Blocks]: (block: Blocks[K]) => string } = {
  text: ({ html, align }) => `<mj-text align="${align}">${html}</mj-text>`,
  heading: ({ html, level, align }) =>
    `<mj-text mj-class="hw-h${level}" align="${align}"><h${level}>${html}</h${level}></mj-text>`,
  image: ({ src, alt, href, width }) =>
    `<mj-image src="${a(src)}" alt="${a(alt)}"${href ? ` href="${a(href)}"` : ''}${width ? ` width="${width}px"` : ''} />`,
  button: ({ label, href, align, colour }) =>
    `<mj-button href="${a(href)}" align="${align}"${colour ? ` background-color="${colour}"` : ''}>${label}</mj-button>`,
  divider: () => '<mj-divider />',
  spacer: ({ height }) => `<mj-spacer height="${height}px" />`,
  social: ({ align, items }) =>
    `<mj-text css-class="hw-social" align="${align}">${items.map(socialLink).join(' ')}</mj-text>`,
  card: ({ image, title, text, price, label, href }) =>
    `<mj-text css-class="hw-card"><a class="hw-card-image" href="${a(href)}"><img src="${a(image)}" alt="" width="100%" style="display:block;border-radius:8px" /></a><h3 class="hw-card-title">${title}</h3><p class="hw-card-text">${text}</p><p class="hw-card-price"><strong>${price}</strong></p><p class="hw-card-more"><a class="hw-card-link" href="${a(href)}">${label}</a></p></mj-text>`,
  coupon: ({ title, code, note }) =>
    `<mj-text css-class="hw-coupon" align="center"><p class="hw-coupon-title">${title}</p><p class="hw-coupon-code" style="font-size:24px;letter-spacing:2px;border:2px dashed #C77700;border-radius:8px;padding:12px"><strong>${code}</strong></p><p class="hw-coupon-note" style="font-size:13px">${note}</p></mj-text>`,
  footer: ({ html }) => `<mj-text mj-class="hw-footer" align="center">${html}</mj-text>`,
  saved: ({ block, version }) =>
    `<hw-block id="${a(block)}"${version === null ? '' : ` version="${version}"`} />`,
  code: ({ mjml }) => mjml,
}

const socialLink = ({ network, href }: Blocks['social']['items'][number]) =>
  `<a class="hw-social-${network}" href="${a(href)}" style="color:${networkMarks[network].colour};text-decoration:none;margin:0 6px">${networkMarks[network].mark}</a>`

export function writeBlock(block: Block | ({ kind: Block['kind'] } & object)): string {
  const write = writers[block.kind] as (given: object) => string
  return write(block)
}

export function writeSection({ columns, background, code }: Section): string {
  if (code !== null) return code
  const inside = columns
    .map(
      (blocks) =>
        `    <mj-column>\n${blocks.map((block) => `      ${writeBlock(block)}\n`).join('')}    </mj-column>\n`,
    )
    .join('')
  return `<mj-section${background ? ` background-color="${background}"` : ''}>\n${inside}  </mj-section>`
}

export const writeMjml = ({ head, body, sections }: Design): string =>
  `<mjml>
  <mj-head>${head}</mj-head>
  <mj-body${body ? ` ${body}` : ''}>
${sections.map((section) => `  ${writeSection(section)}\n`).join('')}  </mj-body>
</mjml>
`
