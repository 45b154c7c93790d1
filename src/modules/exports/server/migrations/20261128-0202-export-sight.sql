-- How whoever asked sees personal data, and so what stands in the file; files of before hold full values.
alter table exports.export
  add column sight text not null default 'full' check (sight in ('full', 'reveal', 'blind'));
