-- Whether an attribute of companies is somebody's personal data (a contact's phone): then it is shown masked.
alter table companies.attribute add column personal boolean not null default false;
update companies.attribute set personal = true where type in ('email', 'phone');
