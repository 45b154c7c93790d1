export type HomePart = 'events' | 'sources' | 'people' | 'mine' | 'segments' | 'imports'

/** What a role needs to see, most needed first. A role of one's own is shown everything it may see. */
export function homeOf(role: string | null): HomePart[] {
  switch (role) {
    case 'sales_rep':
      return ['mine', 'segments']
    case 'sales_manager':
      return ['people', 'mine', 'segments']
    case 'marketer':
      return ['segments', 'people', 'sources', 'imports']
    case 'analyst':
      return ['events', 'segments', 'sources']
    case 'integrator':
      return ['sources', 'events', 'imports']
    default:
      return ['events', 'sources', 'people', 'segments', 'imports']
  }
}
