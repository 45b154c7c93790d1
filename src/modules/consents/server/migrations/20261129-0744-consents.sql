create schema consents;
grant usage on schema consents to headwater_app, headwater_system;

-- What is written about. `defaults`: what silence means on a channel, where it is not what the workspace says of marketing.
create table consents.topic (
  workspace_id int not null,
  key text not null,
  name_zh text not null,
  name_en text not null,
  description_zh text not null default '',
  description_en text not null default '',
  class text not null check (class in ('marketing', 'transactional')),
  defaults jsonb not null default '{}',
  place int not null,
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (workspace_id, key)
);
select platform.wall('consents.topic');

create function consents.seed_topics(ws int) returns void language sql as $$
  insert into consents.topic (workspace_id, key, name_zh, name_en, description_zh, description_en, class, place, created_at)
  values
    (ws, 'service', '服务通知', 'Service messages', '订单、上课、付款和账号安全等您已使用的服务的通知。',
      'About what you already use: orders, lessons, payments, the safety of your account.', 'transactional', 0, now()),
    (ws, 'newsletter', '资讯与干货', 'News and reading', '文章、讲座和新内容，一般每周一次。',
      'Articles, talks and what is new, about once a week.', 'marketing', 1, now()),
    (ws, 'promotions', '优惠活动', 'Offers', '限时优惠、优惠券和促销活动。', 'Time-limited offers, coupons and sales.', 'marketing', 2, now()),
    (ws, 'events', '活动邀请', 'Invitations', '公开课、直播和线下活动的邀请。', 'Invitations to open classes, live streams and meetings.',
      'marketing', 3, now())
  on conflict do nothing
$$;
do $$ begin perform consents.seed_topics(num) from platform.workspace; end $$;

-- Everything that was ever said, append-only. It lies with the identifier it was said of, as tags do, and moves with it.
-- Topic '': all marketing of the channel. Not applied: noted as proof, but something stricter stands.
create table consents.entry (
  workspace_id int not null,
  seq bigint primary key generated always as identity,
  unit bigint not null,
  channel text not null,
  topic text not null,
  state text not null check (state in ('granted', 'denied', 'pending')),
  at timestamptz not null,
  source text not null,
  proof jsonb not null default '{}',
  by text not null,
  by_kind text not null,
  -- keyed hash of the address it came from or was said of
  address bytea,
  applied boolean not null
);
create index entry_unit on consents.entry (workspace_id, unit, at desc, seq desc);
select platform.wall('consents.entry');

-- What counts now of each identifier. A refusal of everything takes the rows of single topics away.
create table consents.state (
  workspace_id int not null,
  unit bigint not null,
  channel text not null,
  topic text not null,
  state text not null check (state in ('granted', 'denied', 'pending')),
  at timestamptz not null,
  primary key (workspace_id, unit, channel, topic) include (state)
);
select platform.wall('consents.state');

-- Refusals by address, whoever of those who share it said so (`unit`), so that they hold for all of them.
-- `except`: topics asked for again since.
create table consents.address_refusal (
  workspace_id int not null,
  address bytea not null,
  channel text not null,
  topic text not null,
  unit bigint not null,
  except_topics text[] not null default '{}',
  at timestamptz not null,
  primary key (workspace_id, address, channel, topic, unit) include (except_topics)
);
create index address_refusal_unit on consents.address_refusal (workspace_id, unit);
select platform.wall('consents.address_refusal');

-- Addresses nothing is sent to. Of the address only its keyed hash is kept, and how it looks masked (null: nothing).
create table consents.suppression (
  workspace_id int not null,
  channel text not null,
  address bytea not null,
  id text not null,
  reason text not null check (reason in ('hard_bounce', 'complaint', 'manual', 'reply', 'erased', 'invalid')),
  detail text not null default '',
  masked text,
  -- number of the identifier, where there was one
  unit bigint,
  since timestamptz not null,
  expires_at timestamptz,
  by text not null,
  by_kind text not null,
  primary key (workspace_id, channel, address) include (expires_at)
);
create unique index suppression_id on consents.suppression (workspace_id, id);
create index suppression_address on consents.suppression (workspace_id, address);
create index suppression_end on consents.suppression (expires_at) where expires_at is not null;
create index suppression_since on consents.suppression (workspace_id, since desc, id desc);
select platform.wall('consents.suppression');

create table consents.policy (
  workspace_id int primary key,
  unknown_consent text not null check (unknown_consent in ('allow', 'refuse')),
  quiet_hours jsonb,
  frequency_cap jsonb,
  confirm_days int not null,
  page jsonb not null,
  changed_at timestamptz not null
);
select platform.wall('consents.policy');

-- "Less often": a cap of their own, with the identifier it was said of; the strictest of a person's counts.
create table consents.person_cap (
  workspace_id int not null,
  unit bigint not null,
  messages int not null,
  days int not null,
  at timestamptz not null,
  primary key (workspace_id, unit)
);
select platform.wall('consents.person_cap');

-- Whose rows in ClickHouse are behind. Written with what changed, taken away with the shipping.
create table consents.unshipped (
  workspace_id int not null,
  seq bigint primary key generated always as identity,
  unit bigint not null
);
create index unshipped_workspace on consents.unshipped (workspace_id, seq);
select platform.wall('consents.unshipped');

-- Locks are advisory: what is to be kept apart is mostly a row that is not there yet. An address and a person fall into one
-- of 128 buckets of their workspace; who claims messages shares its buckets, who changes a consent has its own alone.
create function consents.share_buckets(ws int, buckets int[]) returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(1129270867, (ws << 7) | b) from unnest(buckets) as b;
end $$;
create function consents.own_buckets(ws int, buckets int[]) returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(1129270867, (ws << 7) | b) from unnest(buckets) as b;
end $$;

-- Who may not be sent to, and why. Volatile, so that what it reads is seen as of after the locks were taken, in one round trip.
create function consents.refusals(
  ws int, chan text, topic_key text, at_time timestamptz, persons bigint[], addresses bytea[], buckets int[]
) returns table (person bigint, reason text) language plpgsql volatile as $$
declare
  marketing boolean;
  silence text;
begin
  perform consents.share_buckets(ws, buckets);
  select t.class = 'marketing', coalesce(t.defaults->>chan, (
    select p.unknown_consent from consents.policy p where p.workspace_id = ws), 'refuse')
  into marketing, silence
  from consents.topic t where t.workspace_id = ws and t.key = topic_key;
  if marketing is null then
    raise exception 'no topic' using errcode = 'P0002', detail = topic_key;
  end if;
  return query
  with asked as materialized (select a.person, a.address from unnest(persons, addresses) as a (person, address)),
  said as (
    -- of each identifier what it says of the topic, else of all marketing; of these the strictest
    select u.asked, max(case u.state when 'denied' then 3 when 'granted' then 2 else 1 end) as rank
    from (
      select distinct on (a.person, o.unit) a.person as asked, s.state
      from asked a
      join read.identifier i on i.workspace_id = ws and i.unit = a.person
      join read.identifier o on o.workspace_id = ws and o.person = i.person
      join consents.state s on s.workspace_id = ws and s.unit = o.unit and s.channel = chan
        and (s.topic = topic_key or (marketing and s.topic = ''))
      order by a.person, o.unit, s.topic desc) u
    group by u.asked)
  select j.person, j.reason from (
    select a.person, case
      when exists (
        select from consents.suppression x where x.workspace_id = ws and x.channel = chan and x.address = a.address
          and (x.expires_at is null or x.expires_at > at_time)) then 'suppressed'
      when said.rank = 3 or exists (
        select from consents.address_refusal r where r.workspace_id = ws and r.address = a.address and r.channel = chan
          and (r.topic = topic_key or (marketing and r.topic = '' and topic_key <> all (r.except_topics)))) then 'denied'
      when said.rank = 2 or not marketing then null
      when said.rank = 1 then 'pending'
      when silence = 'refuse' then 'no_consent'
    end as reason
    from asked a left join said on said.asked = a.person) j
  where j.reason is not null;
end $$;
