-- The switchboard. `route_call` makes of the settings a plan, which is all that a telephone engine has to know of a call, and
-- `who_rings` walks it for people. Both are pure, and see what their reader sees.

-- Whether a calendar is open at a moment, in the time zone of its line; without a calendar always. An override that has not ended
-- goes before days, days before national holidays, and these before the week. What was opened the day before may still be open.
create function pbx.is_open(customer uuid, contract uuid, calendar uuid, moment timestamptz) returns boolean
  language plpgsql stable as $$
declare
  hours record;
  here timestamp;
begin
  if calendar is null then return true; end if;
  select c.override_until, c.override_is_open, c.closes_on_national_holidays, l.time_zone into hours
    from pbx.calendar c join pbx.line l on l.customer_id = c.customer_id and l.contract_id = c.contract_id
    where c.customer_id = customer and c.contract_id = contract and c.id = calendar;
  if hours.override_until > moment then return hours.override_is_open; end if;
  here := moment at time zone hours.time_zone;
  return exists (
    select from (values
        (here::date, extract(hour from here)::integer * 60 + extract(minute from here)::integer),
        (here::date - 1, extract(hour from here)::integer * 60 + extract(minute from here)::integer + 1440)) at (day, minute)
      left join pbx.calendar_day d on d.customer_id = customer and d.contract_id = contract and d.calendar_id = calendar and d.day = at.day
    where case
        when d.day is not null then coalesce(at.minute >= d.opens and at.minute < d.closes, false)
        when hours.closes_on_national_holidays and exists (select from pbx.national_holiday h where h.day = at.day) then false
        else exists (select from pbx.calendar_slot s
          where s.customer_id = customer and s.contract_id = contract and s.calendar_id = calendar
            and s.weekday = extract(isodow from at.day) and at.minute >= s.opens and at.minute < s.closes)
      end);
end $$;

-- Adds to the steps of a plan those that lead to a target, and answers where they begin; -1: nowhere. What leads on from a step
-- comes after it, so a walk ends. Beyond a depth of 3 or 64 steps a plan is cut, and says so.
create function pbx.add_steps(customer uuid, contract uuid, goal text, target text, why text, depth integer, last_rung jsonb,
    inout steps jsonb, inout cut boolean, out entry integer)
  language plpgsql stable as $$
declare
  most_steps constant integer := 64;
  at constant integer := jsonb_array_length(steps);
  e record;
  g record;
  f record;
  members text[];
  seconds integer;
  place integer;
  jump integer;
begin
  entry := -1;
  if depth > 3 or at >= most_steps then
    cut := true;
    return;
  end if;
  if goal = 'inside' then
    select i.kind into goal from pbx.inside_number i where i.customer_id = customer and i.contract_id = contract and i.number = target;
  end if;

  if goal = 'outside' then
    steps := steps || jsonb_build_object('do', 'trunk', 'to', jsonb_build_array(target), 'sec', 60, 'busy', -1, 'noans', -1, 'unreg', -1, 'why', why);
    entry := at;

  elsif goal = 'voicemail' then
    steps := steps || jsonb_build_object('do', 'voicemail', 'to', jsonb_build_array(target), 'sec', 0, 'busy', -1, 'noans', -1, 'unreg', -1, 'why', why);
    entry := at;

  elsif goal = 'extension' then
    select x.ring_seconds, x.is_enabled into e from pbx.extension x
      where x.customer_id = customer and x.contract_id = contract and x.number = target;
    if not e.is_enabled then return; end if;
    select x.to_inside, x.to_outside into f from pbx.forward x
      where x.customer_id = customer and x.contract_id = contract and x.extension = target and x.condition = 'always';
    if found then
      select r.steps, r.cut, r.entry into steps, cut, entry from pbx.add_steps(customer, contract,
        case when f.to_inside is not null then 'inside' when f.to_outside is not null then 'outside' else 'voicemail' end,
        coalesce(f.to_inside, f.to_outside, target), 'forward ' || target, depth + 1, last_rung, steps, cut) r;
      return;
    end if;
    steps := steps || jsonb_build_object('do', 'ring', 'to', jsonb_build_array(target), 'sec', e.ring_seconds, 'busy', -1, 'noans', -1, 'unreg', -1, 'why', why);
    entry := at;
    for f in
      select x.condition, x.to_inside, x.to_outside from pbx.forward x
      where x.customer_id = customer and x.contract_id = contract and x.extension = target order by x.condition
    loop
      select r.steps, r.cut, r.entry into steps, cut, jump from pbx.add_steps(customer, contract,
        case when f.to_inside is not null then 'inside' when f.to_outside is not null then 'outside' else 'voicemail' end,
        coalesce(f.to_inside, f.to_outside, target), 'forward ' || target, depth + 1, last_rung, steps, cut) r;
      steps := jsonb_set(steps, array[at::text, case f.condition when 'busy' then 'busy' when 'no-answer' then 'noans' else 'unreg' end], to_jsonb(jump));
    end loop;

  elsif goal = 'group' then
    select x.kind, x.ring_seconds, x.then_inside, x.then_outside, x.then_voicemail into g from pbx.call_group x
      where x.customer_id = customer and x.contract_id = contract and x.number = target;
    select array_agg(m.extension order by m.position) into members
      from pbx.call_group_member m join pbx.extension x
        on x.customer_id = m.customer_id and x.contract_id = m.contract_id and x.number = m.extension
      where m.customer_id = customer and m.contract_id = contract and m.call_group = target and not m.is_paused and x.is_enabled;
    if g.kind = 'even' then
      place := array_position(members, last_rung ->> target);
      if place is not null then members := members[place + 1:] || members[:place]; end if;
    end if;
    if g.kind = 'simultaneous' then
      if members is not null then
        steps := steps || jsonb_build_object('do', 'ring', 'to', to_jsonb(members), 'sec', g.ring_seconds, 'busy', -1, 'noans', -1, 'unreg', -1, 'why', 'group ' || target);
      end if;
    elsif members is not null then
      if cardinality(members) > most_steps - at then
        members := members[:most_steps - at];
        cut := true;
      end if;
      seconds := g.ring_seconds;
      for i in 1 .. cardinality(members) loop
        jump := case when i < cardinality(members) then at + i else -1 end;
        steps := steps || jsonb_build_object('do', 'ring', 'to', jsonb_build_array(members[i]), 'sec', seconds, 'busy', jump, 'noans', jump, 'unreg', jump, 'why', 'group ' || target);
      end loop;
    end if;
    place := jsonb_array_length(steps) - 1;
    jump := -1;
    if num_nonnulls(g.then_inside, g.then_outside, g.then_voicemail) = 1 then
      select r.steps, r.cut, r.entry into steps, cut, jump from pbx.add_steps(customer, contract,
        case when g.then_inside is not null then 'inside' when g.then_outside is not null then 'outside' else 'voicemail' end,
        coalesce(g.then_inside, g.then_outside, g.then_voicemail), 'nobody ' || target, depth + 1, last_rung, steps, cut) r;
    end if;
    if members is null then
      entry := jump;
    else
      entry := at;
      if jump >= 0 then
        steps := jsonb_set(steps, array[place::text], steps -> place || jsonb_build_object('busy', jump, 'noans', jump, 'unreg', jump));
      end if;
    end if;
  end if;
end $$;

-- The plan of a call to an external or inside number at a moment:
--   {kind: in | int, open, cut, entry, code, steps: [{do: ring | trunk | voicemail, to: [number], sec, busy, noans, unreg, why}]}
-- `entry`, `busy`, `noans` and `unreg` are places among the steps, from 0; -1 ends with `code` (RFC 3261: 404 no such number,
-- 480 nobody is there). `why` is a word and a number: number, closed, dialled, group, nobody (in a group), forward.
-- `last_rung` says for groups that share calls evenly which member has rung last.
create function pbx.route_call(customer uuid, contract uuid, called text, moment timestamptz, last_rung jsonb default '{}') returns jsonb
  language plpgsql stable as $$
declare
  n record;
  kind constant text := case when called ~ '^0' then 'in' else 'int' end;
  open boolean;
  goal text := 'inside';
  target text := called;
  why text := 'dialled ' || called;
  steps jsonb := '[]';
  cut boolean := false;
  entry integer := -1;
begin
  if kind = 'in' then
    select x.target, x.calendar_id, x.closed_inside, x.closed_outside, x.closed_voicemail,
        x.ended_on <= (moment at time zone l.time_zone)::date as has_ended into n
      from pbx.external_number x join pbx.line l on l.customer_id = x.customer_id and l.contract_id = x.contract_id
      where x.customer_id = customer and x.contract_id = contract and x.number = called;
    if not found or n.has_ended then
      return jsonb_build_object('kind', kind, 'open', null, 'cut', false, 'entry', -1, 'code', 404, 'steps', steps);
    end if;
    open := pbx.is_open(customer, contract, n.calendar_id, moment);
    if open then
      target := n.target;
      why := 'number ' || called;
    else
      goal := case when n.closed_inside is not null then 'inside' when n.closed_outside is not null then 'outside' else 'voicemail' end;
      target := coalesce(n.closed_inside, n.closed_outside, n.closed_voicemail);
      why := 'closed ' || called;
    end if;
  elsif not exists (select from pbx.inside_number i where i.customer_id = customer and i.contract_id = contract and i.number = called) then
    return jsonb_build_object('kind', kind, 'open', null, 'cut', false, 'entry', -1, 'code', 404, 'steps', steps);
  end if;
  if target is not null then
    select r.steps, r.cut, r.entry into steps, cut, entry
      from pbx.add_steps(customer, contract, goal, target, why, 0, last_rung, steps, cut) r;
  end if;
  return jsonb_build_object('kind', kind, 'open', open, 'cut', cut, 'entry', entry, 'code', case when entry < 0 then 480 end, 'steps', steps);
end $$;

-- Who rings from which second to which, if nobody answers; those who cannot ring stand where they would have rung.
create function pbx.who_rings(plan jsonb, unreachable text[] default '{}', busy text[] default '{}')
  returns table (step integer, number text, from_second integer, to_second integer, state text, why text)
  language plpgsql immutable as $$
declare
  at integer := (plan ->> 'entry')::integer;
  s jsonb;
  rings boolean;
  is_busy boolean;
begin
  step := 0;
  from_second := 0;
  while at >= 0 loop
    s := plan -> 'steps' -> at;
    step := step + 1;
    why := s ->> 'why';
    rings := false;
    is_busy := false;
    for number in select jsonb_array_elements_text(s -> 'to') loop
      state := case
        when s ->> 'do' = 'voicemail' then 'voicemail'
        when s ->> 'do' = 'trunk' then 'outside'
        when number = any(unreachable) then 'unreachable'
        when number = any(busy) then 'busy'
        else 'rings'
      end;
      is_busy := is_busy or state = 'busy';
      rings := rings or state in ('rings', 'outside', 'voicemail');
      to_second := from_second + case when state in ('rings', 'outside', 'voicemail') then (s ->> 'sec')::integer else 0 end;
      return next;
    end loop;
    if rings then from_second := from_second + (s ->> 'sec')::integer; end if;
    at := (s ->> case when rings then 'noans' when is_busy then 'busy' else 'unreg' end)::integer;
  end loop;
end $$;

grant execute on function pbx.is_open(uuid, uuid, uuid, timestamptz),
  pbx.add_steps(uuid, uuid, text, text, text, integer, jsonb, jsonb, boolean),
  pbx.route_call(uuid, uuid, text, timestamptz, jsonb),
  pbx.who_rings(jsonb, text[], text[]) to portal_app, portal_operator, telephone_engine;
