-- R2: these currencies have hundredths (the dinar of Iraq thousandths) by ISO 4217; what stood here was counted in wholes.
do $$
declare
  part record;
  its record;
begin
  for part in select * from (values
    (array['AFN','ALL','COP','HUF','IDR','IRR','KPW','LAK','LBP','MGA','MMK','PKR','SLL','SOS','SYP','YER'], 100, '00'),
    (array['IQD'], 1000, '000')) as part (codes, times, zeros)
  loop
    -- what has a currency of its own, sums by sums
    for its in
      select c.oid::regclass as name,
        string_agg(format('%I = %I * %s', a.attname, a.attname, part.times), ', ') as sums
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname like '%\_minor' and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and exists (select from pg_attribute own where own.attrelid = c.oid and own.attname = 'currency')
      group by c.oid
    loop
      execute format('update %s set %s where currency = any($1)', its.name, its.sums) using part.codes;
    end loop;
    update customer set ledger_balance_minor = ledger_balance_minor * part.times where balance_currency = any(part.codes);
    update agreement_invoice i set open_minor = i.open_minor * part.times, total_minor = i.total_minor * part.times,
      credited_minor = i.credited_minor * part.times
      from agreement a where a.company_id = i.company_id and a.agreement_id = i.agreement_id and a.currency = any(part.codes);
    update instalment i set amount_minor = i.amount_minor * part.times
      from agreement a where a.company_id = i.company_id and a.agreement_id = i.agreement_id and a.currency = any(part.codes);
    update touch_invoice i set open_minor = i.open_minor * part.times
      from touch t where t.company_id = i.company_id and t.touch_id = i.touch_id and t.currency = any(part.codes);
    update hold h set amount_minor = h.amount_minor * part.times
      from hold own join company o on o.company_id = own.company_id
        left join invoice i on i.company_id = own.company_id and i.invoice_id = own.invoice_id
        left join agreement a on a.company_id = own.company_id and a.agreement_id = own.agreement_id
        left join customer c on c.company_id = own.company_id and c.customer_id = own.customer_id
      where own.company_id = h.company_id and own.hold_id = h.hold_id and h.amount_minor is not null
        and coalesce(i.currency, a.currency, c.balance_currency, o.base_currency) = any(part.codes);
    -- within JSON: credits of before an agreement; what of a payment or credit stands against an invoice, and the amounts of a policy by currency
    update agreement set credits_at_start = regexp_replace(credits_at_start::text, '(": [1-9]\d*)', '\1' || part.zeros, 'g')::jsonb
      where currency = any(part.codes);
    update payment set allocations = regexp_replace(allocations::text, '("amountMinor": -?[1-9]\d*)', '\1' || part.zeros, 'g')::jsonb
      where currency = any(part.codes);
    update credit set allocations = regexp_replace(allocations::text, '("amountMinor": -?[1-9]\d*)', '\1' || part.zeros, 'g')::jsonb
      where currency = any(part.codes);
    for its in select unnest(array['policy', 'policy_draft', 'customer_policy']) as name loop
      execute format('update %I set body = regexp_replace(body::text, $1, $2, ''g'')::jsonb where body::text ~ $1', its.name)
        using '("(?:' || array_to_string(part.codes, '|') || ')": [1-9]\d*)', '\1' || part.zeros;
    end loop;
  end loop;
  -- whose rows were rejected for their decimals
  update sync_cursor s set sweep_asked_at = now()
    where complete and exists (select from rejected_row r where r.company_id = s.company_id);
end $$;
