-- What somebody has chosen for the file so far, as their page wrote it: a reload goes on from there. Goes with the file.
alter table imports.upload add column draft jsonb;
