export type HomePart = 'growth' | 'events' | 'sources' | 'people' | 'mine' | 'segments' | 'imports'

/** What a role needs to see, most needed first. A role of one's own is shown everything it may see. */
export function homeOf(role: string | null): HomePart[] {
  switch (role) {
    case 'sales_rep':
      return ['mine', 'segments']
    case 'sales_manager':
      return ['people', 'growth', 'mine', 'segments']
    case 'marketer':
      return ['growth', 'segments', 'people', 'sources', 'imports']
    case 'analyst':
      return ['events', 'growth', 'segments', 'sources']
    case 'integrator':
      return ['sources', 'events', 'imports']
    default:
      return ['events', 'growth', 'sources', 'people', 'segments', 'imports']
  }
}
