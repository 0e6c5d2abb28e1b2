-- Of a contract that was taken out of a fault or works before the end, beside all else that people are told of.
alter table told drop constraint told_kind_known,
  add constraint told_kind_known check (kind in ('opened', 'update', 'ended', 'left', 'withdrawn', 'announced', 'moved', 'tomorrow', 'cancelled', 'order'));
