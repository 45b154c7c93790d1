import type { Brand } from '#modules/content/contract/brand.ts'

const brandTag = /<hw-brand\s*\/>/g
const blockTag = /<hw-block\s+id="([^"]*)"(?:\s+version="(\d+)")?\s*\/>/g

export const blocksIn = (mjml: string): string[] => [...mjml.matchAll(blockTag)].map(([, id]) => id ?? '')

/**
 * Our own two elements as MJML: `<hw-brand />` becomes what the brand kit says of every element, `<hw-block />` the row
 * it names. A block that is gone leaves its element, which MJML then complains of.
 */
export function expandMjml(mjml: string, brand: Brand, blocks: ReadonlyMap<string, string>): string {
  const whole = mjml.replace(
    blockTag,
    (all, id: string, version: string | undefined) => blocks.get(version ? `${id} ${version}` : id) ?? all,
  )
  if (!brandTag.test(whole)) return whole
  brandTag.lastIndex = 0
  const styled = whole.replace(brandTag, styleOf(brand))
  return brand.logo ? styled.replace(/<mj-body(?:\s[^>]*)?>/, (body) => body + logoOf(brand)) : styled
}

function styleOf({ primary, ink, font, radius }: Brand): string {
  return `<mj-attributes><mj-all font-family="${font}" /><mj-text font-size="15px" line-height="1.65" color="${ink}" padding="8px 24px" /><mj-button background-color="${primary}" color="#FFFFFF" font-size="15px" border-radius="${radius}px" inner-padding="12px 28px" padding="12px 24px" /><mj-image padding="8px 24px" /><mj-divider border-width="1px" border-color="#E3E8ED" padding="16px 24px" /><mj-section padding="12px 0" /><mj-class name="hw-h1" font-size="26px" font-weight="700" line-height="1.3" /><mj-class name="hw-h2" font-size="20px" font-weight="700" line-height="1.35" /><mj-class name="hw-h3" font-size="16px" font-weight="700" line-height="1.4" /><mj-class name="hw-footer" font-size="12px" color="#5B6B7A" /></mj-attributes><mj-style>h1,h2,h3{margin:0;font-size:inherit;font-weight:inherit}p{margin:0 0 10px}ul{margin:0 0 10px;padding-left:20px}a{color:${primary}}.hw-card h3{font-size:17px;font-weight:700;margin:12px 0 6px}</mj-style>`
}

const logoOf = ({ logo, logoWidth }: Brand): string =>
  `<mj-section><mj-column><mj-image src="${logo}" alt="{{ workspace.name }}" width="${logoWidth}px" align="left" /></mj-column></mj-section>`
