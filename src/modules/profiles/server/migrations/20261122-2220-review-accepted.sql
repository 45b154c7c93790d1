-- Findings of the identity review that somebody looked at and found right, up to a size. The subject is made of numbers
-- (`shared:<unit>`, `crowded:<person>:<kind>`), so that nothing personal stands here.
create table profiles.review_accepted (
  workspace_id int not null,
  subject text not null,
  count int not null,
  at timestamptz not null,
  by text not null,
  primary key (workspace_id, subject)
);
select platform.wall('profiles.review_accepted');
