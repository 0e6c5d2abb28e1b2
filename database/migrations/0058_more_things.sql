-- Lists, users and user groups can be pinned, and are remembered when they were looked at.
alter type thing_kind add value 'list';
alter type thing_kind add value 'user';
alter type thing_kind add value 'user-group';
