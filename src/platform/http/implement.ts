import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Ctx, WorkspaceCtx } from '#platform/context.ts'
import type { Access, Input, Output, RouteDef, RouteTable } from '#platform/http/define-routes.ts'

type CtxOf<A extends Access> = A extends 'public' | 'session' ? Ctx & Partial<WorkspaceCtx> : WorkspaceCtx

export type Call<R extends RouteDef> = {
  ctx: CtxOf<R['access']>
  params: Input<R, 'params'>
  query: Input<R, 'query'>
  body: Input<R, 'body'>
  request: FastifyRequest
  reply: FastifyReply
}
export type Handlers<T extends RouteTable> = { [K in keyof T]: (call: Call<T[K]>) => Promise<Output<T[K]>> }

export type ServedRoute = {
  name: string
  route: RouteDef
  handle: (call: Call<RouteDef>) => Promise<unknown>
}

/** Binds each declared route to its use-case; the compiler demands every one of them. */
export function implement<T extends RouteTable>(routes: T, handlers: Handlers<T>): ServedRoute[] {
  return Object.entries(routes).map(([name, route]) => ({
    name,
    route,
    handle: handlers[name as keyof T] as unknown as ServedRoute['handle'],
  }))
}
