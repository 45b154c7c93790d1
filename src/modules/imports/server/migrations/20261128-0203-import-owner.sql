-- Member or key whose file it is: they see their own rows as they sent them, others see personal data masked.
alter table imports.import add column made_by text not null default '';
