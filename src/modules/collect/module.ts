/** Takes events in, keeps them, and projects them. Migrations are read from this folder by the composition root. */
export const migrations = new URL('./server/migrations/', import.meta.url)
