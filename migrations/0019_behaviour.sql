-- What a customer settled and disputed, for the facts of their behaviour (P15): one page must not read a whole book.
create index invoice_settled on invoice (company_id, customer_id) where open_minor = 0;
create index credit_of_customer on credit (company_id, customer_id);
create index hold_of_customer on hold (company_id, customer_id);
