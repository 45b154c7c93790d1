import type { Tag } from '#modules/tags/contract.ts'
import './tags.css'

export const TagDot = ({ color }: Pick<Tag, 'color'>) => (
  <span className={`tag-dot${color ? ` tag-dot-${color}` : ''}`} aria-hidden="true" />
)
